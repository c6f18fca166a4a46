namespace Assay.Statistics;

/// <summary>A closed interval; a one-sided one has an infinite end.</summary>
/// <param name="Low">Lower end; at most <paramref name="High"/>.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>True when <paramref name="value"/> lies inside, ends included.</summary>
    public bool Contains(double value) => value >= Low && value <= High;
}
