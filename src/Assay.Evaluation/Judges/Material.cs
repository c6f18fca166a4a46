using System.Globalization;
using System.Text;

namespace Assay.Evaluation;

/// <summary>What is judged, block by block.</summary>
internal static class Material
{
    /// <summary>The call for one question to one judge.</summary>
    public static (ModelCall Call, Fence Fence) Call(JudgeSpec spec, JudgeMember member, GoldenCase golden, IReadOnlyList<(string Name, string Text)> answers, IReadOnlyList<string> context, int repeat)
    {
        var blocks = new List<(string Name, string Text)> { ("CONVERSATION", Conversation(golden, spec.Rubric.PerTurn && spec.Mode == JudgeMode.Score)) };
        for (var i = 0; i < context.Count; i++) blocks.Add((string.Create(CultureInfo.InvariantCulture, $"DOCUMENT {i + 1}"), context[i]));
        if (golden.Expected is { } expected && (spec.Rubric.NeedsExpected || spec.Mode is JudgeMode.ContextPrecision or JudgeMode.ContextRecall)) blocks.Add(("REFERENCE ANSWER", expected));
        for (var i = 0; spec.Mode == JudgeMode.Criteria && i < golden.Criteria.Length; i++) blocks.Add((string.Create(CultureInfo.InvariantCulture, $"CRITERION {i + 1}"), golden.Criteria[i]));
        blocks.AddRange(answers);
        var fence = Fence.For(spec.Seed, [.. blocks.Select(b => b.Text), .. JudgePrompt.ExampleTexts(spec)]);
        var user = new StringBuilder();
        foreach (var (name, text) in blocks) user.Append(fence.Block(name, text)).Append('\n');
        user.Append("Give your judgement now, in the form you were told.");
        return (new ModelCall
        {
            Upstream = member.Upstream,
            Model = member.Model,
            Messages = [new("system", JudgePrompt.System(spec, fence.Marker)), new("user", user.ToString())],
            Parameters = JudgeParameters.Of(spec),
            Repeat = repeat,
            Purpose = $"{spec.MemberKey(member)}/{golden.Id}",
        }, fence);
    }

    /// <summary>Documents that the answer should rest on: the case's own, else what the variant retrieved; retrieval is judged on the latter first.</summary>
    public static IReadOnlyList<string> Context(JudgeSpec spec, GoldenCase golden, IReadOnlyList<Answer> answers)
    {
        var retrieved = answers.Count == 1 && !answers[0].Context.IsEmpty ? answers[0].Context : [];
        if (spec.Mode is JudgeMode.ContextPrecision or JudgeMode.ContextRecall or JudgeMode.Faithfulness) return retrieved.IsEmpty ? golden.Context : retrieved;
        return !spec.Rubric.NeedsContext ? [] : golden.Context.IsEmpty ? retrieved : golden.Context;
    }

    private static string Conversation(GoldenCase golden, bool numbered)
    {
        var text = new StringBuilder();
        var turn = 0;
        foreach (var message in golden.Messages)
        {
            if (numbered && message.Role == "assistant") text.Append(CultureInfo.InvariantCulture, $"assistant (turn {++turn}): ");
            else text.Append(message.Role).Append(": ");
            text.Append(message.Content).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }
}
