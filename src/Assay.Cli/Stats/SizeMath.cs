using System.CommandLine;
using Assay.Analysis;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>What the forms share.</summary>
internal static class SizeMath
{
    public static IReadOnlyList<(string, long)> Arms(RequiredSample needed, int treatments = 1) => Arms(needed.Control, needed.Treatment, treatments);

    public static IReadOnlyList<(string, long)> Arms(long control, double ratio, int treatments = 1) => Arms(control, (long)Math.Ceiling(control * ratio - 1e-9), treatments);

    /// <summary>Both arms, or all arms when several treatments share the control.</summary>
    public static long Total(RequiredSample needed, int treatments) => needed.Control + treatments * needed.Treatment;

    /// <summary>The level of each comparison, and how it came about.</summary>
    public static (double Level, string Says) Level(double alpha, int treatments, double ratio) => treatments == 1 ? (alpha, "")
        : (ComparisonLevel.Dunnett(treatments, alpha, ratio), $"; each of {treatments} comparisons with the control at Dunnett's level");

    /// <summary>How many times the rows of independent ones are needed, because whole clusters are assigned; 1 without clusters.</summary>
    public static double DesignEffect(ParseResult result, SizeOptions options, PilotSpread? pilot) => result.GetValue(options.Icc) is { } icc
        ? UnitVariance.Clustered(1, icc, result.GetValue(options.ClusterSize)!.Value, result.GetValue(options.ClusterVariation)) : pilot?.DesignEffect ?? 1;

    private static IReadOnlyList<(string, long)> Arms(long control, long treatment, int treatments) =>
        [("control", control), .. Enumerable.Range(1, treatments).Select(i => (treatments == 1 ? "treatment" : $"treatment{i}", treatment))];

    /// <summary>The same for rows that are alike within clusters.</summary>
    public static RequiredSample Times(RequiredSample needed, double designEffect, double ratio)
    {
        if (designEffect <= 1) return needed;
        var exact = needed.ControlExact * designEffect;
        return new RequiredSample(exact, (long)Math.Ceiling(exact), (long)Math.Ceiling(exact * ratio));
    }

    /// <summary>How much larger than the test with one look the plan is at most; 1 for one look.</summary>
    public static double Inflation(AnalysisPlan plan, double alpha) =>
        PlannedDesign.For(plan, alpha) is { } design ? SequentialSize.For(new RequiredSample(2, 2, 2), design, plan.Power, futility: PlannedDesign.FutilityOf(plan)).InflationFactor : 1;

    /// <summary>Adds what traffic, looks and pilot say.</summary>
    /// <param name="answer">The size.</param>
    /// <param name="alpha">Level of one comparison.</param>
    /// <param name="daily">Units that enter a day; null when it is not known.</param>
    /// <param name="target">The effect to find.</param>
    /// <param name="isShare">Differences of shares.</param>
    /// <param name="effectOf">The smallest effect found by so many units in all; null when none is. Null itself where no curve is drawn.</param>
    /// <param name="pilot">What was assumed; null when everything was given.</param>
    /// <param name="sizeAt">The total at another baseline (proportions) or standard deviation; null where there is no such size.</param>
    public static SizeAnswer Complete(
        SizeAnswer answer, double alpha, double? daily, double target, bool isShare, Func<double, double?>? effectOf, PilotSpread? pilot, Func<double, long?>? sizeAt)
    {
        if (PlannedDesign.For(answer.Plan, alpha) is { } design)
        {
            var size = SequentialSize.For(new RequiredSample(2, 2, 2), design, answer.Plan.Power, futility: PlannedDesign.FutilityOf(answer.Plan));
            answer = answer with { Expected = ((long)Math.Ceiling(answer.Total * size.ExpectedFractionAtEffect), (long)Math.Ceiling(answer.Total * size.ExpectedFractionWithoutEffect)) };
        }
        if (daily is { } perDay)
        {
            if (answer.Total / perDay > 1e9) throw new UsageException(FormattableString.Invariant($"--daily {perDay}: at that traffic {answer.Total} units never arrive"));
            var days = (long)Math.Ceiling(answer.Total / perDay - 1e-9);
            answer = answer with { Days = days, Curve = effectOf is null ? null : EffectCurve.For(perDay, days, target, isShare, effectOf) };
        }
        if (pilot is null) return answer;
        var interval = sizeAt is null || answer.DetectableEffect is not null ? null : Interval(pilot, answer.Total, sizeAt);
        return answer with { Assumed = pilot, TotalInterval = interval, Warnings = [.. answer.Warnings, .. pilot.Warnings(interval)] };
    }

    private static (long Low, long High)? Interval(PilotSpread pilot, long total, Func<double, long?> sizeAt)
    {
        if (pilot.Range is not { } range) return null;
        long low = total, high = total;
        // A share's size is largest near one half, so the ends alone would miss it.
        for (var i = 0; i <= 20; i++)
            if (sizeAt(range.Low + (range.High - range.Low) * i / 20) is { } size) (low, high) = (Math.Min(low, size), Math.Max(high, size));
        return (low, high);
    }
}
