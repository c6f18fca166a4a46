namespace Assay.Statistics;

/// <summary>Sample ratio mismatch while the experiment runs: may be tested after every unit.</summary>
public static class SequentialSampleRatio
{
    /// <summary>Dirichlet-multinomial test of the observed numbers of units against the weights.</summary>
    /// <param name="observed">Units per arm so far, before any exclusion; 0 or more. An arm that received nothing is a 0, not left out.</param>
    /// <param name="weights">As many weights, in any scale, 0 or more; arms of weight 0 (holdouts) stay out of the test.</param>
    /// <param name="concentration">Sum of the Dirichlet parameters, which are proportional to the weights; positive; fixed before data.
    /// Large ones find small mismatches late, small ones large mismatches early.</param>
    /// <param name="smallestPValue">The smallest p-value of the checks before; in [0, 1]; 1 at the first.</param>
    /// <returns>Running p-value: the smaller of <paramref name="smallestPValue"/> and 1 / Bayes factor; below .001 the experiment is invalid.
    /// Not estimable with fewer than two arms of positive weight, or no units in them.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count or weight is negative, a weight is not finite, or another argument is outside its range.</exception>
    /// <remarks>M. Lindon, A. Malek, NeurIPS 35 (2022), Anytime-valid inference for multinomial count data, arXiv:2011.03567.</remarks>
    public static Estimated<SequentialSampleRatioTest> Test(
        ReadOnlySpan<long> observed, ReadOnlySpan<double> weights, double concentration = 100, double smallestPValue = 1)
    {
        Guard.Positive(concentration);
        if (!(smallestPValue is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(smallestPValue), smallestPValue, "must lie between 0 and 1");
        var planned = PlannedShares.Of(observed, weights);
        if (!planned.IsEstimable) return new NotEstimable(planned.Reason!);
        var (arms, _, weight) = planned.Value;

        Span<double> work = arms <= 32 ? stackalloc double[3 * arms] : new double[3 * arms];
        Span<double> counts = work[..arms], shares = work[arms..(2 * arms)], priors = work[(2 * arms)..];
        for (int i = 0, arm = 0; i < observed.Length; i++)
        {
            if (weights[i] == 0) continue;
            (counts[arm], shares[arm], priors[arm]) = (observed[i], weights[i] / weight, concentration * (weights[i] / weight));
            arm++;
        }
        var evidence = new EValue(DirichletMultinomial.LogBayesFactor(counts, shares, priors));
        return new SequentialSampleRatioTest(evidence, Math.Min(smallestPValue, evidence.PValue));
    }

    /// <summary>The running p-value over all checks of a run.</summary>
    /// <param name="checks">Units per arm up to each check, in the order of time; no count ever falls.</param>
    /// <param name="weights">As many weights as arms, in any scale.</param>
    /// <param name="concentration">As above.</param>
    /// <returns>The running minimum; not estimable without a check that has units, or with fewer than two arms of positive weight.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a count falls.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As above.</exception>
    public static Estimated<RunningSampleRatio> Running(IReadOnlyList<long[]> checks, ReadOnlySpan<double> weights, double concentration = 100)
    {
        ArgumentNullException.ThrowIfNull(checks);
        RunningSampleRatio? running = null;
        var why = new NotEstimable("no unit has been counted yet");
        for (var i = 0; i < checks.Count; i++)
        {
            for (var arm = 0; i > 0 && arm < Math.Min(checks[i].Length, checks[i - 1].Length); arm++)
                if (checks[i][arm] < checks[i - 1][arm]) throw new ArgumentException($"check {i} has fewer units than the check before it", nameof(checks));
            var test = Test(checks[i], weights, concentration);
            if (!test.IsEstimable) why = new NotEstimable(test.Reason!);
            else if (running is null || test.Value.PValue < running.PValue) running = new RunningSampleRatio(test.Value.PValue, i);
        }
        return running is null ? why : running;
    }
}
