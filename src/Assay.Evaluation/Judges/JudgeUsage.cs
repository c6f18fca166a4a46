namespace Assay.Evaluation;

/// <summary>What judging took.</summary>
/// <param name="Calls">Made, those asked again included.</param>
/// <param name="AskedAgain">Replies that could not be read the first time.</param>
/// <param name="Unreadable">Verdicts that could not be read the second time either.</param>
/// <param name="Failed">Verdicts that the endpoint never gave.</param>
/// <param name="InputTokens">Null when a call did not report them.</param>
/// <param name="OutputTokens">Null when a call did not report them.</param>
/// <param name="CostUsd">Null when a price is unknown.</param>
public sealed record JudgeUsage(int Calls, int AskedAgain, int Unreadable, int Failed, long? InputTokens, long? OutputTokens, double? CostUsd)
{
    public static JudgeUsage None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public static JudgeUsage operator +(JudgeUsage a, JudgeUsage b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new(a.Calls + b.Calls, a.AskedAgain + b.AskedAgain, a.Unreadable + b.Unreadable, a.Failed + b.Failed, a.InputTokens + b.InputTokens, a.OutputTokens + b.OutputTokens, a.CostUsd + b.CostUsd);
    }

    public static JudgeUsage Add(JudgeUsage left, JudgeUsage right) => left + right;
}
