using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Evaluation;

/// <summary>The share of a case's criteria that an answer meets, and whether it meets them all.</summary>
internal static class CriteriaScore
{
    /// <summary>Ending of the metric that is 1 when all are met, for must-pass entries.</summary>
    public const string Pass = ".pass";

    public static IEnumerable<ScoreRow> Of(ScoreRow row, ImmutableArray<string> criteria, ItemReply reply)
    {
        var unmet = criteria.Where((_, i) => !reply.Items[i].Holds).ToArray();
        var met = criteria.Length - unmet.Length;
        var reason = string.Create(CultureInfo.InvariantCulture, $"{met} of {criteria.Length} met") + (unmet.Length > 0 ? "; not: " + string.Join(" | ", unmet.Take(3)) : "");
        yield return row with { Value = met / (double)criteria.Length, Reason = reason };
        yield return row with { Metric = row.Metric + Pass, Value = unmet.Length == 0 ? 1 : 0, IsBinary = true, Reason = reason };
    }
}
