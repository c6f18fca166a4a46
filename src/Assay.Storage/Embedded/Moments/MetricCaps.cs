namespace Assay.Storage;

/// <summary>The values at which a metric's unit values are capped; null for none.</summary>
internal readonly record struct MetricCaps(double? Value, double? Denominator)
{
    public static MetricCaps None => default;
}
