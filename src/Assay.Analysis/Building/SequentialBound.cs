namespace Assay.Analysis;

/// <summary>An always-valid one-sided bound and how it lies to a limit.</summary>
/// <param name="Value">The bound, on the scale on which it is compared.</param>
/// <param name="IsBroken">True when even the bound is beyond the limit.</param>
internal sealed record SequentialBound(double Value, bool IsBroken)
{
    public static SequentialBound At(double bound, double limit, bool isUpper) => new(bound, isUpper ? bound > limit : bound < limit);
}
