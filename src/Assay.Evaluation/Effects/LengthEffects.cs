using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>The effect of answers' lengths, with the order in the same model.</summary>
internal static class LengthEffects
{
    public static LengthEffect Of(PairwiseRow[] rows, double alpha)
    {
        var known = rows.Where(r => r is { LengthA: not null, LengthB: not null }).ToArray();
        if (known.Length == 0) return new LengthEffect { Reason = "the answers' lengths are not recorded" };
        var cases = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in known) cases.TryAdd(row.Case, cases.Count);
        var estimate = LengthControlled.Estimate(
            [.. known.Select(r => r.TreatmentScore!.Value)], [.. known.Select(r => (double)(r.LengthB!.Value - r.LengthA!.Value))],
            [.. known.Select(r => r.ShownFirst == r.B ? 1 : r.ShownFirst == r.A ? -1 : 0)], [.. known.Select(r => cases[r.Case])], alpha);
        if (!estimate.IsEstimable) return new LengthEffect { WinRate = known.Average(r => r.TreatmentScore!.Value), Reason = estimate.Reason };
        var e = estimate.Value;
        return new LengthEffect
        {
            WinRate = e.RawWinRate,
            ControlledWinRate = e.WinRate,
            Interval = e.Interval,
            Coefficient = e.LengthCoefficient.IsEstimable ? e.LengthCoefficient.Value.Difference : null,
            PValue = e.LengthCoefficient.IsEstimable ? e.LengthCoefficient.Value.PValue : null,
            LongerPreferred = e.LongerPreferred,
            Reason = e.LengthCoefficient.Reason,
        };
    }
}
