namespace Assay.Statistics;

/// <summary>Proportions with beta priors. The priors are declared before data and named in the report.</summary>
/// <remarks>By integration, not by simulation, so equal input gives equal output. Expected loss: C. Stucchio, "Bayesian A/B testing at VWO" (2015).</remarks>
public static class BetaBinomial
{
    /// <summary>The flat prior, every proportion equally likely.</summary>
    public static BetaPosterior FlatPrior { get; } = new(1, 1);

    private const double LargestPrior = 1e12;

    /// <summary>Compares two arms.</summary>
    /// <param name="control">Successes and trials; may be empty, when only the prior speaks.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="prior">Of both arms.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1), or the prior is worth more than 10¹² units.</exception>
    public static BetaBinomialComparison Compare(Proportion control, Proportion treatment, BetaPosterior prior, double alpha)
    {
        Guard.Probability(alpha);
        if (!(prior.Alpha + prior.Beta <= LargestPrior)) throw new ArgumentOutOfRangeException(nameof(prior), prior, "a prior worth more than 10¹² units leaves data nothing to say");
        BetaPosterior c = prior.After(control), t = prior.After(treatment);
        return new BetaBinomialComparison(
            c, t, t.Mean - c.Mean, new Interval(DifferenceQuantile(c, t, alpha / 2), DifferenceQuantile(c, t, 1 - alpha / 2)),
            ProbabilityBest([t, c], 0), Loss([t, c], 1), Loss([t, c], 0));
    }

    /// <summary>Each of several arms: the probability that it is best, and what choosing it gives up.</summary>
    /// <param name="arms">Successes and trials; at least 2 arms.</param>
    /// <param name="prior">Of all arms.</param>
    /// <returns>As many results in the same order; the probabilities add up to 1.</returns>
    /// <exception cref="ArgumentException">There are fewer than 2 arms.</exception>
    public static IReadOnlyList<BestArm> Best(ReadOnlySpan<Proportion> arms, BetaPosterior prior)
    {
        if (arms.Length < 2) throw new ArgumentException("at least 2 arms are needed", nameof(arms));
        var posteriors = new BetaPosterior[arms.Length];
        for (var i = 0; i < arms.Length; i++) posteriors[i] = prior.After(arms[i]);
        // The shared grid resolves a narrow arm beside a wide one; it needs densities without poles.
        double[] best = posteriors.All(p => p.Alpha >= 0.5 && p.Beta >= 0.5)
            ? BestArmProbability.OfBetas(posteriors)
            : [.. posteriors.Select((_, i) => ProbabilityBest(posteriors, i))];
        return [.. posteriors.Select((p, i) => new BestArm(p, best[i], Loss(posteriors, i)))];
    }

    // ∫ f_k Π F_j.
    private static double ProbabilityBest(BetaPosterior[] arms, int k) => Math.Clamp(
        Quadrature.Integrate(Range([arms[k]]), x => arms[k].Density(x) * Others(arms, k, x)), 0, 1);

    // E[max − p_k] = ∫ F_k (1 − Π F_j): no difference of means that could cancel.
    private static double Loss(BetaPosterior[] arms, int k) => Quadrature.Integrate(Range(arms), x => arms[k].Cdf(x) * (1 - Others(arms, k, x)));

    private static double Others(BetaPosterior[] arms, int k, double x)
    {
        double product = 1;
        for (var j = 0; j < arms.Length; j++)
            if (j != k) product *= arms[j].Cdf(x);
        return product;
    }

    private static double DifferenceQuantile(BetaPosterior control, BetaPosterior treatment, double probability)
    {
        double low = -1, high = 1;
        var range = Range([control]);
        for (var i = 0; i < 60 && high - low > 1e-12; i++)
        {
            var middle = low + (high - low) / 2;
            var below = Quadrature.Integrate(range, x => control.Density(x) * treatment.Cdf(x + middle));
            if (below < probability) low = middle; else high = middle;
        }
        return low + (high - low) / 2;
    }

    // Beyond 15 standard deviations of every arm nothing shows in a double.
    private static (double Low, double High, double Width) Range(BetaPosterior[] arms) => (
        arms.Min(a => Math.Max(0, a.Mean - 15 * a.StandardDeviation)), arms.Max(a => Math.Min(1, a.Mean + 15 * a.StandardDeviation)),
        arms.Min(a => a.StandardDeviation));
}
