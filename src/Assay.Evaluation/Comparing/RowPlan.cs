using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>How many cases, and how many live units, the declared effect needs.</summary>
internal sealed record RowPlan(double? MinimumEffect, long? UnitsNeeded, long? MoreUnits, long? LiveUnitsPerVariant)
{
    public static RowPlan Of(UnitSet set, IReadOnlyList<double> liveValues, ComparisonOptions options)
    {
        if (options.EffectFor(set.Metric) is not { } effect) return new(null, null, null, null);
        var moments = SampleMoments.FromValues([.. set.Units.Select(u => u.Difference)]);
        long? needed = null;
        if (moments.N >= 2 && moments.Variance > 0)
        {
            var size = PairedSampleSize.ForMean(Math.Sqrt(moments.Variance), effect, options.Alpha, options.Power);
            if (size.IsEstimable) needed = size.Value;
        }
        return new(effect, needed, needed - Math.Min(needed ?? 0, moments.N), Live(set, liveValues, effect, options));
    }

    // Live, a unit meets one variant only: the spread between cases counts in full, and so does that between answers.
    private static long? Live(UnitSet set, IReadOnlyList<double> values, double effect, ComparisonOptions options)
    {
        var moments = SampleMoments.FromValues([.. values]);
        if (set.Kind == ComparisonKind.Pairwise || moments.N < 2 || moments.Variance == 0) return null;
        if (!set.IsBinary) return SampleSize.ForMeans(Math.Sqrt(moments.Variance), effect, options.Alpha, options.Power).Control;
        var direction = set.HigherIsBetter ? effect : -effect;
        if (moments.Mean + direction is < 0 or > 1) direction = -direction;
        return moments.Mean + direction is >= 0 and <= 1 ? SampleSize.ForProportions(moments.Mean, direction, options.Alpha, options.Power).Control : null;
    }
}
