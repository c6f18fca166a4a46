namespace Assay.Statistics;

/// <summary>Intervals for means, ratios and adjusted means that may be looked at all the time: valid at every sample size at once when samples are large.</summary>
/// <remarks>
/// Two-sided: estimate ± SE √((1 + 1/(nρ²)) (2 log(1/α) + log(nρ² + 1))); one-sided with log(1 + √(nρ² + 1) / (2α)) in place of log(√(nρ² + 1) / α).
/// ρ² = (−2 log α + log(1 − 2 log α)) / N*, 2α for one-sided, makes it narrow at N*, which is fixed before data.
/// I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, Annals of Statistics 52 (2024) 2613–2640, doi:10.1214/24-AOS2408, arXiv:2103.06476.
/// The guarantee is asymptotic: before 100 units an arm, and for rates before 10 events, nothing should act on it; rates have <see cref="BernoulliEProcess"/>.
/// </remarks>
public static class AsymptoticConfidenceSequence
{
    /// <summary>The sequence around any asymptotically normal estimate.</summary>
    /// <param name="estimate">A mean, difference, lift or adjusted difference; finite.</param>
    /// <param name="standardError">Its standard error; positive.</param>
    /// <param name="n">Independent units behind it, all arms together; 1 or more.</param>
    /// <param name="alpha">Over all times and both sides; a probability in (0, 1); below ½ for a one-sided alternative.</param>
    /// <param name="tunedFor">N*, the number of units (all arms) at which it should be narrowest; positive; fixed before data.</param>
    /// <param name="alternative">Greater gives [low, +∞), Less (−∞, high].</param>
    /// <returns>The estimate with its interval and p-value against 0, both with the one ρ that alpha and N* give.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static AlwaysValidEstimate Around(
        double estimate, double standardError, long n, double alpha, double tunedFor, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Finite(estimate);
        Guard.Positive(standardError);
        var half = Critical(n, alpha, tunedFor, alternative) * standardError;
        Interval interval = alternative switch
        {
            Alternative.TwoSided => new(estimate - half, estimate + half),
            Alternative.Greater => new(estimate - half, double.PositiveInfinity),
            _ => new(double.NegativeInfinity, estimate + half),
        };
        return new(estimate, standardError, interval, PValue(estimate / standardError, n * Mixing(alpha, tunedFor, alternative), alternative));
    }

    /// <summary>Difference of two means, treatment minus control.</summary>
    /// <param name="control">Moments of the control.</param>
    /// <param name="treatment">Moments of the treatment.</param>
    /// <param name="alpha">Over all times and both sides; a probability in (0, 1); below ½ for a one-sided alternative.</param>
    /// <param name="tunedFor">N*, the number of units of both arms at which it should be narrowest; positive; fixed before data.</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <returns>The difference; not estimable with fewer than 2 units in an arm or without variance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static Estimated<AlwaysValidEstimate> Compare(
        SampleMoments control, SampleMoments treatment, double alpha, double tunedFor, Alternative alternative = Alternative.TwoSided)
    {
        Check(alpha, tunedFor, alternative);
        if (TwoMeans.WhyNot(control, treatment) is { } why) return why;
        var error = Math.Sqrt(control.Variance / control.N + treatment.Variance / treatment.N);
        return Around(treatment.Mean - control.Mean, error, control.N + treatment.N, alpha, tunedFor, alternative);
    }

    /// <summary>Half the width of the sequence in standard errors: what z must exceed for a difference to be there at this n.</summary>
    /// <param name="n">Independent units, all arms together; 1 or more.</param>
    /// <param name="alpha">Over all times and both sides; a probability in (0, 1); below ½ for a one-sided alternative.</param>
    /// <param name="tunedFor">N*; positive; fixed before data.</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Critical(long n, double alpha, double tunedFor, Alternative alternative = Alternative.TwoSided)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        Check(alpha, tunedFor, alternative);
        var information = n * Mixing(alpha, tunedFor, alternative);
        var log = alternative == Alternative.TwoSided
            ? 0.5 * NearOne.Log1p(information) - Math.Log(alpha)
            : NearOne.Log1p(Math.Sqrt(1 + information) / (2 * alpha));
        return Math.Sqrt(2 * (1 + 1 / information) * log);
    }

    // ρ².
    internal static double Mixing(double alpha, double tunedFor, Alternative alternative)
    {
        var level = -2 * Math.Log(alternative == Alternative.TwoSided ? alpha : 2 * alpha);
        return (level + NearOne.Log1p(level)) / tunedFor;
    }

    // The alpha at which the sequence with this ρ just reaches 0.
    private static double PValue(double z, double information, Alternative alternative)
    {
        var exponent = z * z / 2 * (information / (1 + information));
        if (alternative == Alternative.TwoSided) return Math.Min(1, Math.Exp(0.5 * NearOne.Log1p(information) - exponent));
        if (alternative == Alternative.Less) z = -z;
        return z <= 0 ? 1 : Math.Min(1, Math.Sqrt(1 + information) / 2 * Math.Exp(-exponent) / -NearOne.Expm1(-exponent));
    }

    private static void Check(double alpha, double tunedFor, Alternative alternative)
    {
        Guard.Probability(alpha);
        Guard.Positive(tunedFor);
        if (alternative is < Alternative.TwoSided or > Alternative.Less) throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "unknown alternative");
        if (alternative != Alternative.TwoSided && alpha >= 0.5) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "must be below one half for a one-sided sequence");
    }
}
