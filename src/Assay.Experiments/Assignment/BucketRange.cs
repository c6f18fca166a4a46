namespace Assay.Experiments;

/// <summary>A half-open range of buckets, [Low, High) inside [0, 1].</summary>
public readonly record struct BucketRange(double Low, double High)
{
    public double Width => High - Low;
    public bool Contains(double bucket) => bucket >= Low && bucket < High;
}
