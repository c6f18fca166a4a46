namespace Assay.Statistics;

/// <summary>The p-value that goes with the repeated intervals of a spending design.</summary>
public static class SequentialPValue
{
    // Below it nothing is asked any more; the search stays where bounds are finite.
    private const double Smallest = 1e-14;

    /// <summary>The least alpha at which the bound at the newest look would be reached, whatever made one look and whether or not one goes on.</summary>
    /// <param name="looks">Information at the looks so far, as a fraction of the planned maximum; positive, ascending, 0.000001 apart or more.</param>
    /// <param name="spending">How alpha is spent.</param>
    /// <param name="z">The statistic at the newest look; finite.</param>
    /// <param name="lastIsFinal">Whether the newest look spends all that is left.</param>
    /// <returns>Two-sided, from 1e-14 to 1; at most alpha exactly when |z| reaches the bound of a two-sided design at alpha.</returns>
    /// <exception cref="ArgumentException">No look.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Looks are not positive, ascending and apart, or z is not finite.</exception>
    /// <remarks>Some ten designs are computed. Q. Liu, K. M. Anderson, Journal of the American Statistical Association 103 (2008) 1621–1630,
    /// doi:10.1198/016214508000000986.</remarks>
    public static double Of(ReadOnlySpan<double> looks, SpendingFunction spending, double z, bool lastIsFinal)
    {
        ArgumentNullException.ThrowIfNull(spending);
        Guard.Finite(z);
        var times = Looks.Validated(looks, nameof(looks));
        var size = Math.Abs(z);
        if (Excess(Math.Log(Smallest)) <= 0) return Smallest;
        var high = Math.Log(1 - 1e-9);
        if (Excess(high) >= 0) return 1;
        return Math.Exp(Crossings.Root(l => -Excess(l), Math.Log(Smallest), high, 1e-10));

        // An infinite bound is as good as any that is out of reach.
        double Excess(double logAlpha) =>
            Math.Min(GroupSequentialDesign.Spending(times, spending, Math.Exp(logAlpha), lastIsFinal: lastIsFinal).CriticalValues[^1], 60) - size;
    }
}
