namespace Assay.Evaluation;

/// <summary>Asks a judge and reads its reply; one that cannot be read is asked again once, then it is an error.</summary>
internal sealed class Asking(JudgeSpec spec, IModelCaller caller)
{
    /// <summary>What was read, or why there is nothing, and what it took; the answer is there for its token probabilities.</summary>
    public async Task<(T? Reply, Answer? Answer, string? Problem, JudgeUsage Usage)> AskAsync<T>(ModelCall call, Func<string, Read<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var usage = JudgeUsage.None;
        var current = call;
        string? problem = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var outcome = await caller.CallAsync(current, cancellationToken);
            if (outcome.Answer is not { } answer) return (null, null, $"the judge gave no answer: {outcome.Detail ?? outcome.Failure.ToString()}", usage + JudgeUsage.None with { Failed = 1 });
            usage += new JudgeUsage(1, attempt, 0, 0, answer.InputTokens, answer.OutputTokens, answer.CostUsd);
            var reply = read(answer.Text);
            if (reply.Value is not null) return (reply.Value, answer, null, usage);
            problem = reply.Problem;
            // What the judge said is not shown to it again: it may quote what it was fenced from.
            current = call with { Messages = call.Messages.Add(new("user", JudgePrompt.AskAgain(spec, problem!))), Purpose = call.Purpose + " again" };
        }
        return (null, null, $"the judge's reply could not be read, nor the second one: {problem}", usage + JudgeUsage.None with { Unreadable = 1 });
    }
}
