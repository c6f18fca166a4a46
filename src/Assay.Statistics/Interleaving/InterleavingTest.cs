namespace Assay.Statistics;

/// <summary>The test behind all ways of interleaving: one verdict per unit, then a sign test.</summary>
/// <remarks>Fixed horizon. Several impressions of one user are one unit: add up their credits first. O. Chapelle, T. Joachims, F. Radlinski,
/// Y. Yue, ACM Transactions on Information Systems 30 (2012) 6, doi:10.1145/2094072.2094078.</remarks>
public static class InterleavingTest
{
    /// <summary>Tests whether the second ranker (the treatment) wins more units than the first.</summary>
    /// <param name="firstWins">Units in which the first had more credit; 0 or more.</param>
    /// <param name="secondWins">Units in which the second had more.</param>
    /// <param name="ties">Units with equal credit, also none.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The comparison; not estimable when no unit decided.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or alpha is outside (0, 1).</exception>
    public static Estimated<InterleavingComparison> Compare(long firstWins, long secondWins, long ties, double alpha)
    {
        Guard.Probability(alpha);
        ArgumentOutOfRangeException.ThrowIfNegative(firstWins);
        ArgumentOutOfRangeException.ThrowIfNegative(secondWins);
        ArgumentOutOfRangeException.ThrowIfNegative(ties);
        if (firstWins == 0 && secondWins == 0) return new NotEstimable("no unit decided for either ranker");
        var result = WinRate.Estimate(secondWins, firstWins, ties, alpha).Value;
        return result.PValue.Map(p => new InterleavingComparison(result.Rate, result.Interval, p, result.Cases));
    }
}
