using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Family 1 of a hybrid plan. Half of alpha watches for harm at all times, shared equally by the comparisons; the other half tests benefit
/// once, at the planned end, shared by Holm. The halves are added, so the family errs at most alpha.</summary>
internal sealed class HybridFamily(Experiment experiment, RowBuilder rows, Stage stage)
{
    private static readonly FamilyAdjustment Shared = new(FamilyAdjustment.Holm, "hybrid plan: harm at an equal share of its half of alpha at all times, benefit by Holm at the planned end");
    private readonly double _alpha = experiment.Plan.Alpha;

    public Comparison[] Apply(Comparison[] family)
    {
        var harmAlpha = _alpha / 2 / Math.Max(1, family.Length);
        var once = family.Select(c => rows.EstimateOnce(c.Metric, c.Moments, c.Variant, _alpha)).ToArray();
        var findings = family.Select((c, i) => rows.Hybrid(c, once[i], harmAlpha)).ToArray();
        if (!stage.IsLast) return [.. family.Select((c, i) => Watching(c, once[i], findings[i], family.Length))];

        double?[] benefit = [.. family.Select((c, i) => BenefitPValue(c.Metric, once[i]))];
        var levels = PrimaryFamily.Levels([.. benefit.Select(Twice)], _alpha, (i, level) => RowBuilder.Turned(family[i].Metric, AtLevel(family[i], level).Interval) is { Low: > 0 });
        var adjusted = PrimaryFamily.Adjust(benefit, static p => Multiplicity.Holm(p));
        return [.. family.Select((c, i) => Judged(c, AtLevel(c, levels[i]), findings[i] with { BenefitAlpha = levels[i] / 2, BenefitPValue = benefit[i] }, adjusted[i], family.Length))];
    }

    /// <summary>A mirrored primary asks nothing new: it shows its twin's answer, turned round.</summary>
    public static Comparison Mirror(Comparison comparison, Comparison twin)
    {
        var turned = twin.Effect.Interval is { } i ? new Interval(-i.High, -i.Low) : (Interval?)null;
        var isTurned = comparison.Metric.Better != twin.Metric.Better;
        return comparison with
        {
            Alpha = twin.Alpha,
            Kind = twin.Kind,
            Hybrid = twin.Hybrid! with { MayAct = isTurned && twin.Hybrid.MayAct },
            AdjustedPValue = twin.AdjustedPValue,
            Adjustment = twin.Adjustment,
            Effect = comparison.Effect with { Interval = turned, PValue = twin.Effect.PValue },
        };
    }

    private static Comparison Watching(Comparison c, Effect once, HybridFinding finding, int family) => c with
    {
        Kind = IntervalKind.AlwaysValid,
        Hybrid = finding,
        Effect = once with { Interval = once.IsEstimated ? finding.Always ?? Everything : null, RelativeInterval = null, PValue = Twice(finding.HarmPValue) },
        AdjustedPValue = Twice(Times(finding.HarmPValue, family)),
        Adjustment = family > 1 ? Shared : null,
    };

    private static Comparison Judged(Comparison c, Effect effect, HybridFinding finding, double? adjustedBenefit, int family)
    {
        var always = finding.Always ?? Everything;
        Interval? interval = effect.Interval is not { } fixedly ? null
            : c.Metric.Better == Direction.Higher ? new(fixedly.Low, always.High) : new(always.Low, fixedly.High);
        return c with
        {
            Alpha = finding.BenefitAlpha!.Value * 2,
            Kind = IntervalKind.Fixed,
            Hybrid = finding,
            // The relative interval of one look promises less than the harm-side limit does.
            Effect = effect with { Interval = interval, RelativeInterval = null, PValue = Twice(Least(finding.HarmPValue, finding.BenefitPValue)) },
            Adjustment = family > 1 ? Shared : null,
            AdjustedPValue = Twice(Least(Times(finding.HarmPValue, family), adjustedBenefit)),
        };
    }

    private Effect AtLevel(Comparison c, double level) => rows.EstimateOnce(c.Metric, c.Moments, c.Variant, level);

    /// <summary>The half of the two-sided test that speaks for the treatment.</summary>
    private static double? BenefitPValue(Metric metric, Effect once) => once is not { PValue: { } p, Difference: { } difference } ? null
        : difference > 0 == (metric.Better == Direction.Higher) && difference != 0 ? p / 2 : 1 - p / 2;

    private static Interval Everything => new(double.NegativeInfinity, double.PositiveInfinity);

    private static double? Times(double? p, int factor) => p is { } value ? Math.Min(1, factor * value) : null;

    private static double? Twice(double? p) => Times(p, 2);

    private static double? Least(double? a, double? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;
}
