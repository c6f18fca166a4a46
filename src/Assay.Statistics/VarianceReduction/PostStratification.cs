namespace Assay.Statistics;

/// <summary>Post-stratification: compares within strata and averages by the strata's share of all units.</summary>
/// <remarks>Fixed horizon, given the strata's sizes. L. W. Miratrix, J. S. Sekhon, B. Yu, Journal of the Royal Statistical Society B 75
/// (2013) 369–396, doi:10.1111/j.1467-9868.2012.01048.x.</remarks>
public static class PostStratification
{
    /// <summary>Difference of two means, Σ W (ȳ_T − ȳ_C) over strata.</summary>
    /// <param name="strata">Each with the moments of both arms; strata without units are passed over.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <param name="weights">One positive number per stratum, in proportion to its share of the population, such as its units in all arms of an experiment with
    /// several treatments; null: its units in both arms.</param>
    /// <returns>The comparison; not estimable when a stratum has fewer than 2 units in an arm (join small strata before looking at results),
    /// or without variance.</returns>
    /// <exception cref="ArgumentException">There are not as many weights as strata.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1), or a weight is not positive and finite.</exception>
    public static Estimated<StratifiedComparison> Means(
        ReadOnlySpan<Stratum> strata, double alpha, Alternative alternative = Alternative.TwoSided, IReadOnlyList<double>? weights = null)
    {
        var ratios = new RatioStratum[strata.Length];
        for (var i = 0; i < ratios.Length; i++) ratios[i] = new(AsRatio(strata[i].Control), AsRatio(strata[i].Treatment));
        return Ratios(ratios, alpha, alternative, weights);

        static RatioMoments AsRatio(SampleMoments m) => new(m.N, m.Mean, 1, m.Variance, 0, 0);
    }

    /// <summary>Difference of two ratios of sums: each arm's ratio is that of its weighted numerators to its weighted denominators.</summary>
    /// <param name="strata">Each with the moments of both arms; strata without units are passed over.</param>
    /// <param name="alpha">Significance level, a probability in (0, 1).</param>
    /// <param name="alternative">Two-sided unless said otherwise.</param>
    /// <param name="weights">As for means.</param>
    /// <returns>The comparison; not estimable as for means, and when a denominator is 0.</returns>
    /// <exception cref="ArgumentException">There are not as many weights as strata.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1), or a weight is not positive and finite.</exception>
    public static Estimated<StratifiedComparison> Ratios(
        ReadOnlySpan<RatioStratum> strata, double alpha, Alternative alternative = Alternative.TwoSided, IReadOnlyList<double>? weights = null)
    {
        Guard.Probability(alpha);
        if (weights is not null) Guard.SameLength(weights.Count, strata.Length, nameof(weights));
        var used = new List<RatioStratum>();
        var shares = new List<double>();
        for (var i = 0; i < strata.Length; i++)
        {
            var stratum = strata[i];
            long nc = stratum.Control.N, nt = stratum.Treatment.N;
            var weight = weights?[i] ?? nc + nt;
            if (weights is not null && !(weight > 0 && double.IsFinite(weight))) throw new ArgumentOutOfRangeException(nameof(weights), weight, "must be positive and finite");
            if (nc + nt == 0) continue;
            if (nc < 2 || nt < 2) return new NotEstimable($"every stratum needs at least 2 units in each arm; one has {nc} and {nt}: join small strata");
            used.Add(stratum);
            shares.Add(weight);
        }
        if (used.Count == 0) return new NotEstimable("no stratum has any units");
        var all = shares.Sum();
        double[] normed = [.. shares.Select(s => s / all)];
        Arm control = Arm.Of([.. used.Select(s => s.Control)], normed), treatment = Arm.Of([.. used.Select(s => s.Treatment)], normed);
        if (!control.HasDenominator || !treatment.HasDenominator) return new NotEstimable("the denominator is 0: there is nothing to divide by");

        double variance = control.Variance + treatment.Variance, difference = treatment.Ratio - control.Ratio;
        if (variance == 0) return new NotEstimable("no stratum has any variance, so there is no error to judge the difference by");
        if (!double.IsFinite(variance)) return new NotEstimable("the variances are too large for their sum to be a number");
        // As shares of the variance, whose own square may be too large or too small for a number.
        double controlShare = control.Variance / variance, treatmentShare = treatment.Variance / variance;
        var degreesOfFreedom = 1 / (controlShare * controlShare * control.InverseDf + treatmentShare * treatmentShare * treatment.InverseDf);
        var adjusted = TwoMeans.Conclude(difference, Math.Sqrt(variance), degreesOfFreedom, alpha, alternative);
        if (!adjusted.IsEstimable) return new NotEstimable(adjusted.Reason!);
        var relative = control.Raw == 0 ? 0 : difference / control.Raw;
        var liftVariance = variance + relative * relative * control.RawVariance + 2 * relative * control.CovarianceWithRaw;
        return new StratifiedComparison(
            adjusted.Value, control.Raw, treatment.Raw,
            CupedConclusion.Lift(difference, control.Raw, Math.Sqrt(Math.Max(0, liftVariance)), degreesOfFreedom, alpha, alternative), used.Count);
    }

    private readonly record struct Arm(
        double Ratio, double Variance, double InverseDf, double Raw, double RawVariance, double CovarianceWithRaw, bool HasDenominator)
    {
        public static Arm Of(RatioMoments[] strata, double[] weights)
        {
            double n = strata.Sum(s => (double)s.N), y = 0, x = 0, rawY = 0, rawX = 0;
            for (var i = 0; i < strata.Length; i++)
            {
                y += weights[i] * strata[i].MeanNumerator;
                x += weights[i] * strata[i].MeanDenominator;
                rawY += strata[i].N / n * strata[i].MeanNumerator;
                rawX += strata[i].N / n * strata[i].MeanDenominator;
            }
            if (x == 0 || rawX == 0) return default;
            double ratio = y / x, raw = rawY / rawX, variance = 0, inverse = 0, rawVariance = 0, shared = 0;
            var parts = new double[strata.Length];
            for (var i = 0; i < strata.Length; i++)
            {
                var s = strata[i];
                double own = weights[i] / x, other = s.N / n / rawX;
                parts[i] = own * own * Products(s, ratio, ratio) / s.N;
                variance += parts[i];
                rawVariance += other * other * Products(s, raw, raw) / s.N;
                shared += own * other * Products(s, ratio, raw) / s.N;
            }
            for (var i = 0; i < strata.Length && variance > 0; i++) inverse += parts[i] / variance * (parts[i] / variance) / (strata[i].N - 1);
            return new(ratio, variance, inverse, raw, rawVariance, shared, true);
        }

        // Covariance per unit of (y − a·x) and (y − b·x).
        private static double Products(RatioMoments s, double a, double b) =>
            s.VarianceNumerator - (a + b) * s.Covariance + a * b * s.VarianceDenominator;
    }
}
