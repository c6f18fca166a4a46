using System.Globalization;

namespace Assay.Evaluation;

/// <summary>Scores in [0, 1] from a list of claims, statements or documents that do or do not hold.</summary>
internal static class RetrievalScore
{
    public static ScoreRow Of(ScoreRow row, JudgeMode mode, ItemReply reply)
    {
        var holds = reply.Items.Count(i => i.Holds);
        if (reply.Items.Length == 0) return row with { Status = ScoreStatus.Missing, Reason = mode == JudgeMode.ContextRecall ? "the reference answer states nothing" : "the answer states nothing" };
        if (mode == JudgeMode.ContextPrecision)
            return row with { Value = AveragePrecision([.. reply.Items.Select(i => i.Holds)]), Reason = string.Create(CultureInfo.InvariantCulture, $"{holds} of {reply.Items.Length} documents were useful") };
        var without = reply.Items.Where(i => !i.Holds).Select(i => i.Text).ToArray();
        return row with
        {
            Value = holds / (double)reply.Items.Length,
            Reason = string.Create(CultureInfo.InvariantCulture, $"{holds} of {reply.Items.Length} hold") + (without.Length > 0 ? "; not: " + string.Join(" | ", without.Take(3)) : ""),
        };
    }

    /// <summary>Mean of the precision at each useful document; 0 when none was useful.</summary>
    public static double AveragePrecision(bool[] useful)
    {
        double seen = 0, sum = 0;
        for (var k = 0; k < useful.Length; k++)
        {
            if (!useful[k]) continue;
            seen++;
            sum += seen / (k + 1);
        }
        return seen == 0 ? 0 : sum / seen;
    }
}
