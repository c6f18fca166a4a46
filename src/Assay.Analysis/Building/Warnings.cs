using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What a reader should know before trusting the numbers.</summary>
internal static class Warnings
{
    public const double AnsweredDiffersBelow = 0.01;

    /// <summary>R. Kohavi, A. Deng, R. Longbotham, Y. Xu, KDD 2014, 1857–1866, doi:10.1145/2623330.2623341.</summary>
    private const double UnitsPerSquaredSkewness = 355;

    public static IEnumerable<ReportWarning> Of(ReportSrm srm, ImmutableArray<ArmUnits> arms)
    {
        if (srm.PValue is { } p && p < TrafficChecks.SuspiciousBelow && srm.Ok == true)
            yield return new("srm-suspicious", "the arms are less equal to their weights than chance would often make them; look at the assignment before you trust a small effect");
        if (arms.Sum(a => a.Crossed) is var crossed and > 0)
            yield return new("crossed-units", $"{Numbers.Count(crossed)} units met more than one arm; they are set aside, and the intention-to-treat estimate counts them in their first arm");
        foreach (var arm in arms)
            if (arm.Exposed == 0) yield return new("empty-arm", $"'{arm.Variant}' has no units");
    }

    public static IEnumerable<ReportWarning> OfUnknownVariants(ImmutableSortedDictionary<string, long> unknown)
    {
        if (unknown.Count > 0)
            yield return new("unknown-variants", $"exposures name variants that the experiment does not have, and count for nothing: {string.Join(", ", unknown.Select(u => $"'{u.Key}' ({Numbers.Count(u.Value)})"))}");
    }

    public static IEnumerable<ReportWarning> OfMetric(Metric metric, MetricMoments moments, bool isPermuted)
    {
        var invalid = moments.Arms.Sum(a => a.InvalidRows);
        if (invalid > 0) yield return new("invalid-rows", $"{metric.Name}: {Numbers.Count(invalid)} values are no usable numbers and were left out");
        var unknown = moments.Arms.Sum(a => a.Unknown);
        if (unknown > 0) yield return new("unknown-amounts", $"{metric.Name}: for {Numbers.Count(unknown)} units an amount is not known (a model without a price, or a call without token counts); they were left out");
        var late = moments.Arms.Sum(a => a.LateRows);
        if (late > 0) yield return new("late-rows", $"{metric.Name}: {Numbers.Count(late)} outcomes came after their conversation had been idle for {metric.Window!.Idle:g} and was closed; they do not count. If outcomes take longer, give the metric window: {{ to: 7d }}");
        if (moments.Arms.Any(a => a.IsClusters) && moments.Arms.Min(a => a.Units) is var clusters and >= ClusterRobust.MinimumClusters and < ClusterRobust.PermutationBelow)
            yield return new("few-clusters", metric.Type == MetricType.Quantile
                ? $"{metric.Name}: with {clusters} clusters in an arm the error of a quantile is rough, and its range may be too narrow"
                : $"{metric.Name}: with {clusters} clusters in an arm the t test leans on normal values{(isPermuted ? ", a permutation of the clusters does not; its p-value stands beside that of the t test in the details, whose range decides" : "")}");
        if (Skewed(moments) is { } skewness)
            yield return new("skewed", string.Create(CultureInfo.InvariantCulture,
                $"{metric.Name}: its values have a skewness of {skewness:0.0}, and the smaller arm has {moments.Arms.Min(a => a.Units):N0} units, fewer than the {Math.Ceiling(UnitsPerSquaredSkewness * skewness * skewness):N0} at which an interval of a mean keeps its level; cap it (cap: {{ percentile: 0.99 }}) or wait"));
        if (metric.Missing != MissingRule.Exclude || moments.Arms.IsDefaultOrEmpty) yield break;
        foreach (var arm in moments.Arms.Skip(1))
            if (AnsweredDiffers(moments.Arms[0], arm))
                yield return new("answered-differs", string.Create(CultureInfo.InvariantCulture,
                    $"{metric.Name}: {Share(arm)} of the units of '{arm.Variant}' have a value against {Share(moments.Arms[0])} of '{moments.Arms[0].Variant}'; who answers may differ, and with it the comparison"));
    }

    /// <summary>Interval and p-value come from two methods that can part near the border; the interval decides.</summary>
    public static IEnumerable<ReportWarning> OfRow(MetricRow row)
    {
        if (row is not { PValue: { } p, Interval: { } interval, IntervalLevel: { } level }) yield break;
        var excludes = interval.Low > 0 || interval.High < 0;
        if (row.PermutationPValue is { } permuted && excludes != permuted < 1 - level)
            yield return new("permutation-disagrees", $"{row.Metric} of '{row.Treatment.Variant}': the plausible range {(excludes ? "excludes" : "holds")} no difference while the permutation of the clusters says otherwise; the range decides, as planned, but so few clusters settle little");
        if (excludes != p < 1 - level)
            yield return new("interval-and-p-disagree", $"{row.Metric} of '{row.Treatment.Variant}': the interval {(excludes ? "excludes" : "holds")} no difference while the p-value says otherwise; the interval decides");
    }

    public static IEnumerable<ReportWarning> OfComplements(IReadOnlyDictionary<string, string> complements) =>
        complements.Select(pair => new ReportWarning("complements", $"{pair.Key} is the complement of {pair.Value}: one question, one p-value; it is counted once"));

    public static IEnumerable<ReportWarning> OfPlan(Experiment experiment, Stage stage, ImmutableHashSet<string> opened, long burnInUnits)
    {
        var plan = experiment.Plan;
        if (plan.Looks.Length > 1 && stage.Plan.PlannedUnits is null)
            yield return new("looks-without-size", "looks are registered, but the plan cannot be sized (it needs minimumEffect, and baseline or sd): no look before the end can be evaluated");
        if (stage.AssumesLooks)
            yield return new("looks-assumed", $"the data have no order in time, so the registered looks at {string.Join(", ", stage.Looks.Where(l => l.IsAssumed).Select(l => Numbers.Percent(l.Fraction, 0)))} of the planned units cannot be evaluated: their alpha counts as spent, and the interval is the repeated one, which holds whatever they would have found. Name the column of the time (data.timestamp, or data.columns.timestamp)");
        if (stage is { IsBetween: true, Plan.HasLooks: true, RemembersLooks: false })
            yield return new("looks-need-order", "the data have no order in time, so a registered look before the end can be evaluated only while the data hold just its units; now nothing is decided. Name the column of the time (data.timestamp, or data.columns.timestamp), or give --final when the data are complete");
        if (burnInUnits > 0)
            yield return new("burn-in", $"{Numbers.Count(burnInUnits)} units came during the declared burn-in of {plan.BurnIn.TotalDays.ToString("0.##", CultureInfo.InvariantCulture)} days; they are in no metric");
        if (BoundaryWarning.Of(plan) is { } spends) yield return spends;
        if (stage.IsBetween || !experiment.MetricsOf(MetricRole.Secondary).Any()) yield break;
        if (opened.IsEmpty)
            yield return new("secondaries-not-tested", "no primary shows a difference, so the secondary metrics are for reading only and have no adjusted p-values");
        else if (experiment.Variants.Skip(1).Where(v => !opened.Contains(v.Key)).Select(v => v.Key).ToList() is { Count: > 0 } closed)
            yield return new("secondaries-partly-tested", $"the primary shows no difference for {string.Join(", ", closed.Select(v => $"'{v}'"))}, so the secondary metrics of {(closed.Count == 1 ? "that treatment" : "those treatments")} are for reading only and have no adjusted p-values");
    }

    /// <summary>The interval of a sequence holds whenever one stops; the estimate that made it stop does not.</summary>
    public static IEnumerable<ReportWarning> OfHybrid(IEnumerable<Comparison> comparisons, bool isFinal) => comparisons
        .Where(c => !isFinal && c.Hybrid is { MayAct: true } && RowBuilder.Turned(c.Metric, c.Effect.Interval) is { High: < 0 })
        .Select(c => new ReportWarning("harm-estimate", $"{c.Metric.Name} of '{c.Variant}' was judged when it looked worst: its difference is larger than the truth on average, its range is right"));

    private static double? Skewed(MetricMoments moments)
    {
        // The error of a sample skewness is about √(6/n) for normal values: within two of them there may be none.
        var arms = moments.Arms.Where(a => a.Skewness is { } s && Math.Abs(s) > 2 * Math.Sqrt(6.0 / a.Units)).ToArray();
        if (arms.Length == 0) return null;
        var largest = arms.Max(a => Math.Abs(a.Skewness!.Value));
        return moments.Arms.Min(a => a.Units) < UnitsPerSquaredSkewness * largest * largest ? largest : null;
    }

    private static bool AnsweredDiffers(MetricArmMoments control, MetricArmMoments treatment)
    {
        if (!IsSound(control) || !IsSound(treatment)) return false;
        var result = TwoProportions.Compare(new Proportion(control.Answered, control.Matured), new Proportion(treatment.Answered, treatment.Matured), 0.05);
        return result.IsEstimable && result.Value.PValue.IsEstimable && result.Value.PValue.Value < AnsweredDiffersBelow;
    }

    private static bool IsSound(MetricArmMoments arm) => arm.Matured > 0 && arm.Answered >= 0 && arm.Answered <= arm.Matured;

    private static string Share(MetricArmMoments arm) => Numbers.Percent((double)arm.Answered / arm.Matured, 1);
}
