namespace Assay.Experiments;

/// <summary>
/// Buckets as GrowthBook's SDKs compute them, so that an experiment can move between the two without moving a unit.
/// FNV-1a over the UTF-16 code units, as the JavaScript SDK does (SDKs differ among themselves outside ASCII).
/// </summary>
public static class GrowthBookHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Hash version 1: 1,000 buckets, biased where seeds are alike; kept for namespaces.</summary>
    public static double Version1(ReadOnlySpan<char> seed, ReadOnlySpan<char> unit) =>
        Fnv32a(seed, Fnv32a(unit, OffsetBasis)) % 1000 / 1000.0;

    /// <summary>Hash version 2: 10,000 buckets.</summary>
    public static double Version2(ReadOnlySpan<char> seed, ReadOnlySpan<char> unit)
    {
        Span<char> digits = stackalloc char[10];
        Fnv32a(unit, Fnv32a(seed, OffsetBasis)).TryFormat(digits, out var length, default, System.Globalization.CultureInfo.InvariantCulture);
        return Fnv32a(digits[..length], OffsetBasis) % 10000 / 10000.0;
    }

    /// <summary>Whether the unit lies in the slice of a namespace; namespaces make experiments exclude each other.</summary>
    public static bool IsInNamespace(ReadOnlySpan<char> unit, ReadOnlySpan<char> name, BucketRange slice) =>
        slice.Contains(NamespaceBucket(unit, name));

    /// <summary>The bucket of a unit in a namespace, in [0, 1).</summary>
    public static double NamespaceBucket(ReadOnlySpan<char> unit, ReadOnlySpan<char> name) =>
        Fnv32a(name, Fnv32a("__", Fnv32a(unit, OffsetBasis))) % 1000 / 1000.0;

    /// <summary>Ranges as the SDKs' <c>getBucketRange</c>: weights that do not fit (wrong count, sum off by more than .01) fall back to equal ones; coverage is clamped to [0, 1].</summary>
    public static BucketRange[] Ranges(int variants, double coverage, IReadOnlyList<double>? weights)
    {
        coverage = Math.Clamp(coverage, 0, 1);
        var sum = weights?.Sum() ?? 0;
        var used = weights is not null && weights.Count == variants && sum is >= 0.99 and <= 1.01 ? [.. weights] : BucketRanges.EqualWeights(variants);
        return BucketRanges.FromWeights(used, coverage);
    }

    private static uint Fnv32a(ReadOnlySpan<char> text, uint hash)
    {
        foreach (var c in text) hash = (hash ^ c) * Prime;
        return hash;
    }
}
