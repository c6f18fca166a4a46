using System.Globalization;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Says so where a rate has too few events for the normal approximation to decide alone.</summary>
internal static class FewEvents
{
    public static IEnumerable<ReportWarning> Of(Comparison c)
    {
        if (c.Effect is not { Method: ProportionEffect.ExactMethod, IsEstimated: true }) yield break;
        // A guardrail's difference decides only against a limit.
        if (c.Declared.Role == MetricRole.Guardrail && !c.Effect.IsExtended) yield break;
        var fewest = c.Moments.Arms.Where((a, i) => i == 0 || a.Variant == c.Variant).SelectMany(Counts).MinBy(x => x.Count);
        var (what, count, variant) = fewest;
        var exact = c.Effect.ExactPValue is not { } p ? "nothing can be tested here, only a range can be given"
            : string.Create(CultureInfo.InvariantCulture, $"here its p-value is {p:0.0##}") + (c.Effect.IsExtended ? ", so the plausible range was extended to hold no difference" : "");
        yield return new("few-events", $"{c.Metric.Name} of '{c.Variant}': '{variant}' has {Numbers.Count(count)} {what}; below {ProportionScore.FewestEvents} a difference is claimed only where Fisher's exact test agrees: {exact}");
    }

    private static IEnumerable<(string What, long Count, string Variant)> Counts(MetricArmMoments arm) =>
        [(arm.Successes == 1 ? "success" : "successes", arm.Successes, arm.Variant), (arm.Units - arm.Successes == 1 ? "failure" : "failures", arm.Units - arm.Successes, arm.Variant)];
}
