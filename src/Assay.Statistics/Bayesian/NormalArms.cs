namespace Assay.Statistics;

/// <summary>Several arms with normal estimates and a declared normal prior: which is best, and what choosing each gives up.</summary>
/// <remarks>By integration, not by simulation. P(k is best) = ∫ f_k Π F_j, loss of k = ∫ F_k (1 − Π F_j) over the others. A. Gelman et al., Bayesian Data Analysis (2013), 2.5;
/// C. Stucchio, "Bayesian A/B testing at VWO" (2015).</remarks>
public static class NormalArms
{
    // Beyond so many standard deviations nothing shows in a double; below such a share of the distance between arms they are points.
    private const double Reach = 10, Narrowest = 1e-12;
    private static readonly NotEstimable TooFar = new("the arms lie too far apart, or their errors are too small, to compute with");

    /// <summary>With a prior of each arm's own mean; arms are independent.</summary>
    /// <param name="arms">Each arm's mean with its standard error; at least 2.</param>
    /// <param name="prior">Of every arm's mean.</param>
    /// <returns>As many results in the same order; not estimable when an arm has no error.</returns>
    /// <exception cref="ArgumentException">There are fewer than 2 arms.</exception>
    public static Estimated<IReadOnlyList<BestNormal>> OfValues(ReadOnlySpan<MeanEstimate> arms, NormalPrior prior)
    {
        if (arms.Length < 2) throw new ArgumentException("at least 2 arms are needed", nameof(arms));
        double[] means = new double[arms.Length], deviations = new double[arms.Length];
        for (var i = 0; i < arms.Length; i++)
        {
            var posterior = NormalNormal.Posterior(arms[i], prior, 0.05);
            if (!posterior.IsEstimable) return new NotEstimable(posterior.Reason!);
            (means[i], deviations[i]) = (posterior.Value.Mean, posterior.Value.StandardDeviation);
        }
        // Far from 0 the grid would lose the digits of narrow arms.
        var origin = means[0];
        for (var i = 0; i < means.Length; i++) means[i] -= origin;
        if (!(deviations.Min() > Narrowest * means.Max(Math.Abs))) return TooFar;
        var best = BestArmProbability.OfNormals(means, deviations);
        var (largest, excess) = Largest(means, deviations, double.NegativeInfinity);
        return Known([.. means.Select((m, i) => new BestNormal(m + origin, deviations[i], best[i], excess + (largest - m)))]);
    }

    /// <summary>With a prior of each treatment's difference to one shared control, and none of the control.</summary>
    /// <param name="controlVariance">What the control's mean adds to the variance of every difference; 0 or more, below the square of each difference's error.</param>
    /// <param name="differences">Treatment − control with its standard error; at least 1.</param>
    /// <param name="prior">Of every difference, independently.</param>
    /// <returns>The control first, at difference 0, then the treatments; not estimable when a difference has no error.</returns>
    /// <exception cref="ArgumentException">There is no difference.</exception>
    /// <exception cref="ArgumentOutOfRangeException">controlVariance is negative, not finite, or not below the square of an error.</exception>
    public static Estimated<IReadOnlyList<BestNormal>> OfEffects(double controlVariance, ReadOnlySpan<MeanEstimate> differences, NormalPrior prior)
    {
        Guard.NonNegative(controlVariance);
        if (differences.IsEmpty) throw new ArgumentException("at least 1 difference is needed", nameof(differences));
        foreach (var difference in differences)
        {
            if (difference.StandardError == 0) return new NotEstimable("a difference has no error to weigh it by");
            if (!(controlVariance < difference.StandardError * difference.StandardError))
                throw new ArgumentOutOfRangeException(nameof(controlVariance), controlVariance, "must be below the variance of each difference");
        }
        return Known(SharedControlBelief.Of(controlVariance, differences, prior).Arms());
    }

    /// <summary>E[max(floor, all)] for independent normal means, as the largest of floor and means and what lies above it: nothing cancels.</summary>
    internal static (double Largest, double Excess) Largest(double[] means, double[] deviations, double floor)
    {
        var high = Enumerable.Range(0, means.Length).Max(i => means[i] + Reach * deviations[i]);
        var k = Array.IndexOf(means, means.Max());
        if (floor >= means[k]) return (floor, high <= floor ? 0 : Quadrature.Integrate((floor, high, deviations.Min()), x => 1 - Others(means, deviations, -1, x)));
        // E[max(floor, k)] − mean of k, and what the others add above the floor.
        var below = double.IsNegativeInfinity(floor) ? 0 : NormalNormal.ExpectedLoss(floor - means[k], deviations[k]).ChoosingControl;
        var low = Math.Max(floor, means[k] - Reach * deviations[k]);
        return (means[k], below + (high <= low ? 0 : Quadrature.Integrate((low, high, deviations.Min()), x => Cdf(means, deviations, k, x) * (1 - Others(means, deviations, k, x)))));
    }

    /// <summary>Π F_j(x) over all but k.</summary>
    internal static double Others(double[] means, double[] deviations, int k, double x)
    {
        double product = 1;
        for (var j = 0; j < means.Length; j++)
            if (j != k) product *= Cdf(means, deviations, j, x);
        return product;
    }

    private static Estimated<IReadOnlyList<BestNormal>> Known(IReadOnlyList<BestNormal> arms) =>
        arms.All(a => double.IsFinite(a.Mean) && double.IsFinite(a.StandardDeviation) && double.IsFinite(a.ProbabilityBest) && double.IsFinite(a.ExpectedLoss))
            ? Estimated<IReadOnlyList<BestNormal>>.Of(arms) : TooFar;

    private static double Cdf(double[] means, double[] deviations, int k, double x) => StandardNormal.Cdf((x - means[k]) / deviations[k]);
}
