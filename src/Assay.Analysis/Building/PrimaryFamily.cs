using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Shares alpha among primaries × treatments by Holm, as levels for intervals, so that interval and adjusted p-value tell the same.</summary>
internal static class PrimaryFamily
{
    /// <param name="pValues">One per comparison; null where there is no test, which never rejects but counts.</param>
    /// <param name="rejects">Whether the interval of a comparison at a level excludes no difference: what decides must also be what steps down.</param>
    /// <param name="alpha">Of the family.</param>
    /// <param name="levelOf">Level of each of the comparisons that are left; null for Holm's, an equal share of alpha.</param>
    /// <returns>The level of each comparison: alpha / (m − rank + 1) up to the first that does not reject, whose level the rest share.</returns>
    public static double[] Levels(IReadOnlyList<double?> pValues, double alpha, Func<int, double, bool> rejects, Func<int[], double>? levelOf = null)
    {
        levelOf ??= left => alpha / left.Length;
        var order = Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i] ?? 1).ToArray();
        var levels = new double[pValues.Count];
        var level = order.Length == 0 ? alpha : levelOf(order);
        for (var rank = 0; rank < order.Length; rank++)
        {
            levels[order[rank]] = level;
            if ((pValues[order[rank]] ?? 1) <= level && rejects(order[rank], level) && rank + 1 < order.Length) level = levelOf(order[(rank + 1)..]);
        }
        return levels;
    }

    public static double?[] Adjust(IReadOnlyList<double?> pValues, Func<ReadOnlySpan<double>, double[]> correction)
    {
        var adjusted = correction(pValues.Select(p => p ?? 1).ToArray());
        return [.. pValues.Select((p, i) => p is null ? null : (double?)adjusted[i])];
    }

    public static Func<ReadOnlySpan<double>, double[]> Correction(Experiments.CorrectionKind kind) => kind switch
    {
        Experiments.CorrectionKind.None => static p => p.ToArray(),
        Experiments.CorrectionKind.Bonferroni => static p => Multiplicity.Bonferroni(p),
        Experiments.CorrectionKind.Holm => static p => Multiplicity.Holm(p),
        Experiments.CorrectionKind.Hochberg => static p => Multiplicity.Hochberg(p),
        Experiments.CorrectionKind.BenjaminiHochberg => static p => Multiplicity.BenjaminiHochberg(p),
        Experiments.CorrectionKind.BenjaminiYekutieli => static p => Multiplicity.BenjaminiYekutieli(p),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a correction"),
    };
}
