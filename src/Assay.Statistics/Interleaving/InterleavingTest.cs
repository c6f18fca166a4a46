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
        var critical = StandardNormal.Critical(alpha);
        ArgumentOutOfRangeException.ThrowIfNegative(firstWins);
        ArgumentOutOfRangeException.ThrowIfNegative(secondWins);
        ArgumentOutOfRangeException.ThrowIfNegative(ties);
        if (firstWins == 0 && secondWins == 0) return new NotEstimable("no unit decided for either ranker");
        double n = (double)firstWins + secondWins + ties, rate = (secondWins + ties / 2.0) / n;
        var variance = (secondWins * (1 - rate) * (1 - rate) + ties * (0.5 - rate) * (0.5 - rate) + firstWins * rate * rate) / n;
        Estimated<Interval> interval = variance <= 1e-15 || n < 2
            ? new NotEstimable("all units say the same, so nothing tells how far off the rate may be")
            : new Interval(Math.Max(0, rate - critical * Math.Sqrt(variance / (n - 1))), Math.Min(1, rate + critical * Math.Sqrt(variance / (n - 1))));
        return McNemar.Compare(firstWins, secondWins).Map(test => new InterleavingComparison(rate, interval, test.ExactPValue, firstWins + secondWins + ties));
    }
}
