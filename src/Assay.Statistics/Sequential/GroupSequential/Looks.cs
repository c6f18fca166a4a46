namespace Assay.Statistics;

/// <summary>What all designs ask of their looks.</summary>
internal static class Looks
{
    /// <summary>Below this distance two looks are one: the increment between them would be all rounding.</summary>
    public const double Closest = 1e-6;

    public static double[] Validated(ReadOnlySpan<double> fractions, string name)
    {
        if (fractions.Length == 0) throw new ArgumentException("must hold at least one look", name);
        double before = 0;
        foreach (var fraction in fractions)
        {
            if (!(fraction >= before + Closest && fraction <= 1000)) throw new ArgumentOutOfRangeException(name, fraction, "information fractions must be positive, ascend and lie at least 0.000001 apart");
            before = fraction;
        }
        return fractions.ToArray();
    }

    /// <summary>k/K for k = 1 … K.</summary>
    public static double[] Equal(int looks)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(looks);
        return [.. Enumerable.Range(1, looks).Select(k => (double)k / looks)];
    }
}
