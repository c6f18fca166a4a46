using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>The effect of the order shown: within cases where both orders were asked, else between cases, whose order a coin decided.</summary>
internal static class PositionEffects
{
    public static PositionEffect Of(PairwiseRow[] rows, double alpha)
    {
        var byCase = rows.Where(r => r.ShownFirst == r.A || r.ShownFirst == r.B).GroupBy(r => r.Case, StringComparer.Ordinal)
            .Select(g => (First: Mean(g, true), Second: Mean(g, false))).ToArray();
        double[] first = [.. byCase.Where(c => c.First is not null).Select(c => c.First!.Value)], second = [.. byCase.Where(c => c.Second is not null).Select(c => c.Second!.Value)];
        var both = byCase.Where(c => c.First is not null && c.Second is not null).ToArray();
        var effect = new PositionEffect
        {
            ShownFirst = rows.Count(r => r.ShownFirst == r.B),
            ShownSecond = rows.Count(r => r.ShownFirst == r.A),
            WinRateFirst = first.Length > 0 ? first.Average() : null,
            WinRateSecond = second.Length > 0 ? second.Average() : null,
            CasesInBothOrders = both.Length,
            Consistent = both.Length > 0 ? both.Average(c => Winner(c.First!.Value) == Winner(c.Second!.Value) ? 1.0 : 0) : null,
        };
        if (first.Length == 0 || second.Length == 0) return effect with { Reason = "only one order was shown" };
        var (difference, comparison) = both.Length == byCase.Length
            ? (both.Average(c => c.Second!.Value - c.First!.Value), PairedT.Compare([.. both.Select(c => c.First!.Value)], [.. both.Select(c => c.Second!.Value)], alpha))
            : (effect.WinRateSecond!.Value - effect.WinRateFirst!.Value, WelchT.Compare(SampleMoments.FromValues(first), SampleMoments.FromValues(second), alpha));
        return !comparison.IsEstimable
            ? effect with { Difference = difference, Reason = comparison.Reason }
            : effect with { Difference = difference, StandardError = comparison.Value.StandardError, Interval = comparison.Value.Interval };
    }

    private static double? Mean(IEnumerable<PairwiseRow> rows, bool treatmentFirst)
    {
        double[] values = [.. rows.Where(r => r.ShownFirst == r.B == treatmentFirst).Select(r => r.TreatmentScore!.Value)];
        return values.Length == 0 ? null : values.Average();
    }

    private static int Winner(double share) => Math.Sign(share - 0.5);
}
