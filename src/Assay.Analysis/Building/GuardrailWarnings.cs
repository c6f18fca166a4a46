using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>What guardrails can say without deciding.</summary>
internal static class GuardrailWarnings
{
    public static IEnumerable<ReportWarning> Of(Experiment experiment, ImmutableArray<MetricRow> metrics, ImmutableArray<GuardrailRow> limits, bool isFinal)
    {
        foreach (var row in metrics.Where(m => m.Role == "guardrail"))
        {
            if (experiment.Guardrails.Any(g => g.Metric == row.Metric && g.HasLimit)) continue;
            if (row.Interval is { } interval && interval.Turned(row.HigherIsBetter).High < 0)
                yield return new("guardrail-worse", $"{row.Metric} of '{row.Treatment.Variant}' is worse than the control; it has no limit, so it can only warn");
        }
        if (isFinal) yield break;
        foreach (var limit in limits.Where(l => l is { State: LimitState.Broken, Method: GuardrailRow.Fixed }))
            yield return new("limit-broken-early", $"{limit.Text}; nothing is decided on it before a registered look or the planned end (method: sequential would)");
    }
}
