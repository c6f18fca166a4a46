namespace Assay.Statistics;

/// <summary>Variance of the difference of two proportions, times the control's n: pooled as under "no difference", and as under the effect.</summary>
internal static class TwoProportionVariances
{
    public static (double Pooled, double Own) Of(double baseline, double effect, double ratio)
    {
        Guard.Probability(baseline);
        Guard.Finite(effect);
        ArgumentOutOfRangeException.ThrowIfZero(effect);
        Guard.Positive(ratio);
        var changed = baseline + effect;
        if (changed is < -1e-12 or > 1 + 1e-12)
            throw new ArgumentOutOfRangeException(nameof(effect), effect, $"baseline + effect is {changed}, which is no proportion");
        changed = Math.Clamp(changed, 0, 1);
        var mean = (baseline + ratio * changed) / (1 + ratio);
        return (mean * (1 - mean) * (1 + 1 / ratio), baseline * (1 - baseline) + changed * (1 - changed) / ratio);
    }
}
