namespace Assay.Statistics;

/// <summary>What is asked of the probabilities that a pull was drawn with.</summary>
internal static class Propensities
{
    public static void Check(IReadOnlyList<double> propensities, int arm)
    {
        ArgumentNullException.ThrowIfNull(propensities);
        ArgumentOutOfRangeException.ThrowIfNegative(arm);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(arm, propensities.Count);
        double sum = 0;
        for (var k = 0; k < propensities.Count; k++)
        {
            if (!(propensities[k] >= 0 && propensities[k] <= 1)) throw new ArgumentException($"arm {k} has the propensity {propensities[k]}, which is no probability", nameof(propensities));
            sum += propensities[k];
        }
        if (Math.Abs(sum - 1) > 1e-6) throw new ArgumentException($"propensities must add up to 1, but add up to {sum}", nameof(propensities));
        if (propensities[arm] == 0) throw new ArgumentException($"arm {arm} was taken, so its propensity cannot be 0", nameof(propensities));
    }
}
