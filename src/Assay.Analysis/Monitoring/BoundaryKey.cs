namespace Assay.Analysis;

/// <summary>A boundary depends on the looks as they were taken and on the level: with these it need be made only once.</summary>
internal readonly struct BoundaryKey(int[] looks, double[] fractions, double alpha, bool isLast) : IEquatable<BoundaryKey>
{
    public int[] Looks { get; } = looks;
    public double[] Fractions { get; } = fractions;
    public double Alpha { get; } = alpha;
    public bool IsLast { get; } = isLast;

    public bool Equals(BoundaryKey other) => Alpha == other.Alpha && IsLast == other.IsLast
        && Fractions.AsSpan().SequenceEqual(other.Fractions) && Looks.AsSpan().SequenceEqual(other.Looks);

    public override bool Equals(object? obj) => obj is BoundaryKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Alpha);
        hash.Add(IsLast);
        foreach (var fraction in Fractions) hash.Add(fraction);
        return hash.ToHashCode();
    }
}
