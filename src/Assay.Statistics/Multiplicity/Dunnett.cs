namespace Assay.Statistics;

/// <summary>Several treatments against one control: p-values and critical values that use how alike comparisons with a shared control are.</summary>
/// <remarks>
/// Each statistic is λ_k·X + √(1 − λ_k²)·Y_k with X the shared control, so corr(T_j, T_k) = λ_j λ_k; with finite degrees of freedom all are divided by one
/// χ/√ν. Given X (and χ) they are independent, and one integral (two) remains, taken by the trapezoid rule, which on a smooth function that vanishes at both
/// ends converges faster than any power of the step. C. W. Dunnett, Journal of the American Statistical Association 50 (1955) 1096–1121,
/// doi:10.1080/01621459.1955.10501294; unequal sizes: Biometrics 20 (1964) 482–491, doi:10.2307/2528490; step-down: C. W. Dunnett, A. C. Tamhane,
/// Statistics in Medicine 10 (1991) 939–947, doi:10.1002/sim.4780100614.
/// </remarks>
public static class Dunnett
{
    // Nearer to 1 a treatment adds nothing of its own; a little less correlation errs on the safe side.
    private const double LargestLoading = 0.99995;

    /// <summary>λ of one comparison when values spread alike in all arms.</summary>
    /// <param name="controlUnits">Units of the control; positive.</param>
    /// <param name="treatmentUnits">Units of the treatment; positive.</param>
    /// <returns>√(n_k / (n_0 + n_k)); √½ for equal arms.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive and finite.</exception>
    public static double Loading(double controlUnits, double treatmentUnits)
    {
        Guard.Positive(controlUnits);
        Guard.Positive(treatmentUnits);
        return Math.Sqrt(treatmentUnits / (controlUnits + treatmentUnits));
    }

    /// <summary>The chance that without any effect at least one statistic lies at or beyond a bound.</summary>
    /// <param name="bound">Of |T| two-sided, of T or −T one-sided; 0 or more two-sided, else any finite number.</param>
    /// <param name="loadings">λ per comparison, each in [0, 1]; at least 1.</param>
    /// <param name="degreesOfFreedom">Of the common variance; positive, +∞ for large samples.</param>
    /// <param name="alternative">One-sided alternatives count one side alone.</param>
    /// <exception cref="ArgumentException">There is no comparison.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double AnyBeyond(double bound, ReadOnlySpan<double> loadings, double degreesOfFreedom = double.PositiveInfinity, Alternative alternative = Alternative.TwoSided)
    {
        Check(loadings, degreesOfFreedom, alternative);
        if (!double.IsFinite(bound) || (bound < 0 && alternative == Alternative.TwoSided)) throw new ArgumentOutOfRangeException(nameof(bound), bound, "must be finite, and not negative for a two-sided alternative");
        return Chance(bound, loadings, degreesOfFreedom, alternative == Alternative.TwoSided);
    }

    /// <summary>The bound that without any effect is reached by any statistic with chance alpha: what a simultaneous interval takes in place of z or t.</summary>
    /// <param name="loadings">λ per comparison, each in [0, 1]; at least 1.</param>
    /// <param name="alpha">Family-wise level, a probability in (0, 1); below ½ for a one-sided alternative.</param>
    /// <param name="degreesOfFreedom">Of the common variance; positive, +∞ for large samples.</param>
    /// <param name="alternative">One-sided alternatives count one side alone.</param>
    /// <exception cref="ArgumentException">There is no comparison.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Critical(ReadOnlySpan<double> loadings, double alpha, double degreesOfFreedom = double.PositiveInfinity, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(alpha);
        Check(loadings, degreesOfFreedom, alternative);
        var isTwoSided = alternative == Alternative.TwoSided;
        if (!isTwoSided && alpha >= 0.5) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "must be below one half for a one-sided alternative");
        // One comparison alone needs the least, Bonferroni's share the most.
        double low = One(alpha), high = One(alpha / loadings.Length);
        if (loadings.Length == 1) return low;
        double[] kept = [.. loadings];
        return Crossings.Root(c => Math.Log(Chance(c, kept, degreesOfFreedom, isTwoSided) / alpha), low, high, 1e-12);

        double One(double level) => Tails.Critical(isTwoSided ? level / 2 : level, degreesOfFreedom);
    }

    /// <summary>Adjusted p-values of one step: each is the chance that any statistic reaches what this one has.</summary>
    /// <param name="statistics">z or t per comparison, treatment minus control over its standard error; finite.</param>
    /// <param name="loadings">λ per comparison, each in [0, 1]; as many.</param>
    /// <param name="degreesOfFreedom">Of the common variance; positive, +∞ for large samples.</param>
    /// <param name="alternative">One-sided alternatives count one side alone.</param>
    /// <returns>In the order given.</returns>
    /// <exception cref="ArgumentException">There is no comparison, or lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double[] SingleStep(ReadOnlySpan<double> statistics, ReadOnlySpan<double> loadings, double degreesOfFreedom = double.PositiveInfinity, Alternative alternative = Alternative.TwoSided)
    {
        var turned = Turned(statistics, loadings, degreesOfFreedom, alternative);
        var adjusted = new double[turned.Length];
        for (var i = 0; i < turned.Length; i++) adjusted[i] = Chance(turned[i], loadings, degreesOfFreedom, alternative == Alternative.TwoSided);
        return adjusted;
    }

    /// <summary>Adjusted p-values by steps, from the largest statistic on: each step counts only what has not been rejected. Never above <see cref="SingleStep"/>, with the same family-wise rate.</summary>
    /// <param name="statistics">z or t per comparison, treatment minus control over its standard error; finite.</param>
    /// <param name="loadings">λ per comparison, each in [0, 1]; as many.</param>
    /// <param name="degreesOfFreedom">Of the common variance; positive, +∞ for large samples.</param>
    /// <param name="alternative">One-sided alternatives count one side alone.</param>
    /// <returns>In the order given.</returns>
    /// <exception cref="ArgumentException">There is no comparison, or lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double[] StepDown(ReadOnlySpan<double> statistics, ReadOnlySpan<double> loadings, double degreesOfFreedom = double.PositiveInfinity, Alternative alternative = Alternative.TwoSided)
    {
        var turned = Turned(statistics, loadings, degreesOfFreedom, alternative);
        double[] all = [.. loadings], adjusted = new double[turned.Length];
        int[] order = [.. Enumerable.Range(0, turned.Length).OrderByDescending(i => turned[i])];
        double largest = 0;
        for (var step = 0; step < order.Length; step++)
        {
            double[] left = [.. order[step..].Select(i => all[i])];
            largest = Math.Max(largest, Chance(turned[order[step]], left, degreesOfFreedom, alternative == Alternative.TwoSided));
            adjusted[order[step]] = largest;
        }
        return adjusted;
    }

    private static double Chance(double bound, ReadOnlySpan<double> loadings, double degreesOfFreedom, bool isTwoSided)
    {
        if (isTwoSided && bound == 0) return 1;
        if (loadings.Length == 1) return Tails.PValue(bound, degreesOfFreedom, isTwoSided ? Alternative.TwoSided : Alternative.Greater);
        return Math.Min(1, double.IsInfinity(degreesOfFreedom) ? DunnettIntegral.Normal(bound, loadings, isTwoSided) : DunnettIntegral.Student(bound, loadings, degreesOfFreedom, isTwoSided));
    }

    private static double[] Turned(ReadOnlySpan<double> statistics, ReadOnlySpan<double> loadings, double degreesOfFreedom, Alternative alternative)
    {
        Check(loadings, degreesOfFreedom, alternative);
        Guard.SameLength(loadings.Length, statistics.Length, nameof(loadings));
        var turned = new double[statistics.Length];
        for (var i = 0; i < turned.Length; i++)
        {
            if (!double.IsFinite(statistics[i])) throw new ArgumentOutOfRangeException(nameof(statistics), statistics[i], "must be finite");
            turned[i] = alternative switch { Alternative.TwoSided => Math.Abs(statistics[i]), Alternative.Greater => statistics[i], _ => -statistics[i] };
        }
        return turned;
    }

    private static void Check(ReadOnlySpan<double> loadings, double degreesOfFreedom, Alternative alternative)
    {
        if (loadings.IsEmpty) throw new ArgumentException("at least 1 comparison is needed", nameof(loadings));
        foreach (var loading in loadings)
            if (!(loading is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(loadings), loading, "must lie in [0, 1]");
        if (!(degreesOfFreedom > 0)) throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "must be positive");
        if (alternative is < Alternative.TwoSided or > Alternative.Less) throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "unknown alternative");
    }

    internal static double Bounded(double loading) => Math.Min(loading, LargestLoading);
}
