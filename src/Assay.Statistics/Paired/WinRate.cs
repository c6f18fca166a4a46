namespace Assay.Statistics;

/// <summary>How often the treatment wins against the control on the same cases, a tie counting half.</summary>
public static class WinRate
{
    /// <summary>Below this many cases the interval is exact.</summary>
    public const int ExactBelow = 30;

    private const double ScanStep = 0.02;

    /// <summary>Win rate with its interval, and the sign test of the decided cases.</summary>
    /// <param name="wins">Cases that the treatment wins; 0 or more.</param>
    /// <param name="losses">Cases that the control wins; 0 or more.</param>
    /// <param name="ties">The others; 0 or more.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <returns>The estimate; not estimable without cases.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>Rate = ½ + (wins − losses) / 2n. Interval: T. Tango's score for a difference of paired proportions, Statistics in Medicine 17
    /// (1998) 891–908, doi:10.1002/(SICI)1097-0258(19980430)17:8&lt;891::AID-SIM780&gt;3.0.CO;2-B, for (wins − losses) / n; below
    /// 30 cases the exact unconditional interval of the same score, the largest tail over the nuisance share of ties (I. S. F. Chan, Z. Zhang,
    /// Biometrics 55 (1999) 1202–1209, doi:10.1111/j.0006-341X.1999.01202.x), two one-sided tails of alpha / 2.
    /// p: the sign test (McNemar's exact test), which may part from the interval near the border. Fixed horizon, independent cases.</remarks>
    public static Estimated<WinRateEstimate> Estimate(long wins, long losses, long ties, double alpha)
    {
        Guard.Probability(alpha);
        ArgumentOutOfRangeException.ThrowIfNegative(wins);
        ArgumentOutOfRangeException.ThrowIfNegative(losses);
        ArgumentOutOfRangeException.ThrowIfNegative(ties);
        var n = checked(wins + losses + ties);
        if (n == 0) return new NotEstimable("there are no cases");
        var exact = n < ExactBelow;
        var low = exact ? ExactLow((int)wins, (int)losses, (int)n, alpha / 2) : ScoreLow(wins, losses, n, alpha);
        var high = -(exact ? ExactLow((int)losses, (int)wins, (int)n, alpha / 2) : ScoreLow(losses, wins, n, alpha));
        return new WinRateEstimate(
            0.5 + (wins - losses) / (2.0 * n), new Interval((1 + low) / 2, (1 + high) / 2), new Interval(low, high),
            McNemar.Compare(losses, wins).Map(t => t.ExactPValue), exact, n);
    }

    private static double ScoreLow(long wins, long losses, double n, double alpha)
    {
        double low = -1, high = (wins - losses) / n, z = StandardNormal.Critical(alpha);
        for (var i = 0; i < 60; i++)
        {
            var middle = low + (high - low) / 2;
            if (PairedScore.Statistic(wins, losses, n, middle) > z) low = middle; else high = middle;
        }
        return low + (high - low) / 2;
    }

    // From −1 upwards, so that a tail that wavers ends at its first crossing: never too narrow.
    private static double ExactLow(int wins, int losses, int n, double level)
    {
        var seen = (wins - losses) / (double)n;
        var tail = new TrinomialTail(wins, losses, n);
        double low = -1, high = -1;
        for (var step = 1; high < seen; step++)
        {
            high = Math.Min(seen, -1 + step * ScanStep);
            if (high >= seen || tail.Exceeds(high, level)) break;
            low = high;
        }
        for (var i = 0; i < 20; i++)
        {
            var middle = low + (high - low) / 2;
            if (tail.Exceeds(middle, level)) high = middle; else low = middle;
        }
        return low;
    }
}
