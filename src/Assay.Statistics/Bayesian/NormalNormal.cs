namespace Assay.Statistics;

/// <summary>Any effect with a standard error and a normal prior.</summary>
public static class NormalNormal
{
    /// <summary>The posterior of an effect.</summary>
    /// <param name="estimate">The effect with its standard error (absolute or relative: the prior must be of the same kind).</param>
    /// <param name="prior">Declared before data.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The posterior; not estimable when the estimate has no error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    /// <remarks>Weights by precision: A. Gelman et al., Bayesian Data Analysis (3rd ed., 2013), 2.5.</remarks>
    public static Estimated<NormalPosterior> Posterior(MeanEstimate estimate, NormalPrior prior, double alpha)
    {
        var critical = StandardNormal.Critical(alpha);
        if (estimate.StandardError == 0) return new NotEstimable("the estimate has no error to weigh it by");
        double precision = 1 / (estimate.StandardError * estimate.StandardError), total = precision + prior.Precision;
        if (!double.IsFinite(total) || total == 0) return new NotEstimable("the estimate's error is too small or too large to compute with");
        double mean = (estimate.Value * precision + prior.Mean * prior.Precision) / total, deviation = Math.Sqrt(1 / total);
        var (control, treatment) = ExpectedLoss(mean, deviation);
        return new NormalPosterior(
            mean, deviation, new(mean - critical * deviation, mean + critical * deviation), StandardNormal.Cdf(mean / deviation), control, treatment);
    }

    /// <summary>What choosing either arm gives up, for a normal effect.</summary>
    /// <param name="mean">Mean of the effect; finite.</param>
    /// <param name="standardDeviation">Its standard deviation; 0 or more.</param>
    /// <returns>E[max(effect, 0)] (choosing the control) and E[max(−effect, 0)] (choosing the treatment).</returns>
    /// <exception cref="ArgumentOutOfRangeException">mean is not finite, or standardDeviation is negative or not finite.</exception>
    public static (double ChoosingControl, double ChoosingTreatment) ExpectedLoss(double mean, double standardDeviation)
    {
        Guard.Finite(mean);
        Guard.NonNegative(standardDeviation);
        if (standardDeviation == 0) return (Math.Max(0, mean), Math.Max(0, -mean));
        return (Positive(mean), Positive(-mean));

        double Positive(double m)
        {
            var z = m / standardDeviation;
            var value = standardDeviation * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) + m * StandardNormal.Cdf(z);
            return Math.Max(0, value);
        }
    }
}
