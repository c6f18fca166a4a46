namespace Assay.Statistics;

/// <summary>Permutation tests: how extreme is the assignment that happened among those that could have?</summary>
/// <remarks>Exact for "the treatment changes no unit's value"; all arrangements when there are no more than the resamples asked for. Fixed
/// horizon. R. A. Fisher, The Design of Experiments (1935), 21; drawn p-values never 0: B. Phipson, G. K. Smyth, Statistical
/// Applications in Genetics and Molecular Biology 9 (2010) 39, doi:10.2202/1544-6115.1585.</remarks>
public static class PermutationTest
{
    // Sums in another order differ by rounding; such arrangements are as extreme as the one seen.
    private const double Rounding = 1e-10;

    /// <summary>Difference of two means over units that were assigned one by one.</summary>
    /// <param name="control">One finite value per unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <param name="alternative">Two-sided (absolute difference) unless said otherwise.</param>
    /// <returns>The test; not estimable when an arm is empty or all values are equal.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static Estimated<PermutationResult> Means(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, ResamplingOptions options, Alternative alternative = Alternative.TwoSided)
    {
        double[] values = [.. control, .. treatment];
        var ones = new double[values.Length];
        Array.Fill(ones, 1);
        return Shuffled(values, ones, control.Length, options, alternative, "values");
    }

    /// <summary>Difference of two means over values whose clusters were assigned whole.</summary>
    /// <param name="values">Finite values, in any order.</param>
    /// <param name="treated">As many; true for the treatment.</param>
    /// <param name="clusters">As many ids; a cluster must lie in one arm.</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <param name="alternative">Two-sided (absolute difference) unless said otherwise.</param>
    /// <returns>The test; not estimable when an arm has no clusters or all clusters are alike.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is NaN or infinite, or a cluster lies in both arms.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static Estimated<PermutationResult> Clusters(
        ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<long> clusters, ResamplingOptions options,
        Alternative alternative = Alternative.TwoSided)
    {
        var (control, treatment) = ClusterArms.Of(ClusterTotals.Of(values, treated, clusters), nameof(clusters));
        return Shuffled([.. control.Sums, .. treatment.Sums], [.. control.Sizes, .. treatment.Sizes], control.Count, options, alternative, "clusters");
    }

    /// <summary>The same from each cluster's weight and sum; with a ratio's denominators as weights, of two ratios of sums.</summary>
    /// <param name="controlWeights">One per cluster of the control, 0 or more.</param>
    /// <param name="controlSums">As many, finite.</param>
    /// <param name="treatmentWeights">One per cluster of the treatment, 0 or more.</param>
    /// <param name="treatmentSums">As many, finite.</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <param name="alternative">Two-sided (absolute difference) unless said otherwise.</param>
    /// <returns>The test; not estimable when an arm has no clusters or no weight, or all clusters are alike. An arrangement that leaves an arm
    /// without weight has no difference and counts as extreme, so that p errs on the large side.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a weight is negative, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static Estimated<PermutationResult> Totals(
        ReadOnlySpan<double> controlWeights, ReadOnlySpan<double> controlSums, ReadOnlySpan<double> treatmentWeights, ReadOnlySpan<double> treatmentSums,
        ResamplingOptions options, Alternative alternative = Alternative.TwoSided)
    {
        Guard.SameLength(controlSums.Length, controlWeights.Length, nameof(controlSums));
        Guard.SameLength(treatmentSums.Length, treatmentWeights.Length, nameof(treatmentSums));
        double[] weights = [.. controlWeights, .. treatmentWeights], sums = [.. controlSums, .. treatmentSums];
        if (Array.FindIndex(weights, w => !(w >= 0) || !double.IsFinite(w)) is >= 0 and var bad) throw new ArgumentException($"weight {bad} is {weights[bad]}; it must be 0 or more", nameof(controlWeights));
        if (Array.FindIndex(sums, s => !double.IsFinite(s)) is >= 0 and var odd) throw new ArgumentException($"sum {odd} is {sums[odd]}, not a finite number", nameof(controlSums));
        if (!(weights.Take(controlWeights.Length).Sum() > 0 && weights.Skip(controlWeights.Length).Sum() > 0)) return new NotEstimable("an arm has no weight");
        return Shuffled(sums, weights, controlWeights.Length, options, alternative, "clusters");
    }

    /// <summary>Mean difference of the same items under both variants: the sign of each difference is a coin.</summary>
    /// <param name="control">One finite value per item.</param>
    /// <param name="treatment">As many, the same item at the same place.</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <param name="alternative">Two-sided (absolute difference) unless said otherwise.</param>
    /// <returns>The test; not estimable when no pair differs.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static Estimated<PermutationResult> Paired(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, ResamplingOptions options, Alternative alternative = Alternative.TwoSided)
    {
        Check(options, alternative);
        Guard.SameLength(treatment.Length, control.Length, nameof(treatment));
        var differences = new double[control.Length];
        for (var i = 0; i < differences.Length; i++) differences[i] = treatment[i] - control[i];
        var mean = SampleMoments.FromValues(differences).Mean;
        double[] moving = [.. differences.Where(d => d != 0)];
        if (moving.Length == 0) return new NotEstimable($"no pair of {differences.Length} differs");
        double n = differences.Length, slack = Rounding * moving.Sum(Math.Abs);
        if (moving.Length < 31 && 1L << moving.Length <= options.Resamples)
        {
            long hits = 0, all = 1L << moving.Length;
            for (long mask = 0; mask < all; mask++)
            {
                double sum = 0;
                for (var i = 0; i < moving.Length; i++) sum += (mask >> i & 1) == 0 ? moving[i] : -moving[i];
                if (Extreme(sum, mean * n, slack, alternative)) hits++;
            }
            return new PermutationResult(mean, (double)hits / all, true, all);
        }
        var sums = ResamplingLoop.Run(options, () => 0, (ref RandomStream random, int _) =>
        {
            double sum = 0;
            ulong bits = 0;
            for (var i = 0; i < moving.Length; i++)
            {
                if (i % 64 == 0) bits = random.Next();
                sum += (bits & 1) == 0 ? moving[i] : -moving[i];
                bits >>= 1;
            }
            return sum;
        });
        return Drawn(mean, sums.Count(s => Extreme(s, mean * n, slack, alternative)), options);
    }

    // Units (or clusters) as pairs of sum and size; the first `controls` of them were assigned to the control.
    private static Estimated<PermutationResult> Shuffled(
        double[] sums, double[] sizes, int controls, ResamplingOptions options, Alternative alternative, string what)
    {
        Check(options, alternative);
        var overall = SampleMoments.FromValues(sums);
        if (controls == 0 || controls == sums.Length) return new NotEstimable($"each arm needs at least 1 of the {what}; there are {controls} and {sums.Length - controls}");
        if (overall.Variance == 0 && SampleMoments.FromValues(sizes).Variance == 0) return new NotEstimable($"all {what} are alike, so no arrangement differs");
        double total = sums.Sum(), totalSize = sizes.Sum(), slack = Rounding * sums.Sum(Math.Abs) / totalSize;
        double seenSum = 0, seenSize = 0;
        for (var i = controls; i < sums.Length; i++) (seenSum, seenSize) = (seenSum + sums[i], seenSize + sizes[i]);
        var seen = Difference(seenSum, seenSize);

        if (Arrangements(sums.Length, sums.Length - controls, options.Resamples) is { } all)
        {
            var hits = Count(0, sums.Length - controls, 0, 0);
            return new PermutationResult(seen, (double)hits / all, true, all);
        }
        var drawn = ResamplingLoop.Run(options, () => Enumerable.Range(0, sums.Length).ToArray(), (ref RandomStream random, int[] order) =>
        {
            // The start of a block of draws must not depend on what this thread shuffled before.
            for (var i = 0; i < order.Length; i++) order[i] = i;
            double sum = 0, size = 0;
            for (var i = 0; i < sums.Length - controls; i++)
            {
                var j = i + random.Below(order.Length - i);
                (order[i], order[j]) = (order[j], order[i]);
                sum += sums[order[i]];
                size += sizes[order[i]];
            }
            return Difference(sum, size);
        });
        return Drawn(seen, drawn.Count(d => Extreme(d, seen, slack, alternative)), options);

        double Difference(double sum, double size) => sum / size - (total - sum) / (totalSize - size);

        long Count(int from, int left, double sum, double size)
        {
            if (left == 0) return Extreme(Difference(sum, size), seen, slack, alternative) ? 1 : 0;
            long hits = 0;
            for (var i = from; i <= sums.Length - left; i++) hits += Count(i + 1, left - 1, sum + sums[i], size + sizes[i]);
            return hits;
        }
    }

    // Negated, so that an arrangement without a difference (NaN) counts against the finding.
    private static bool Extreme(double value, double seen, double slack, Alternative alternative) => alternative switch
    {
        Alternative.TwoSided => !(Math.Abs(value) < Math.Abs(seen) - slack),
        Alternative.Greater => !(value < seen - slack),
        _ => !(value > seen + slack),
    };

    private static PermutationResult Drawn(double difference, int hits, ResamplingOptions options) =>
        new(difference, (1.0 + hits) / (1.0 + options.Resamples), false, options.Resamples);

    // n over k, or null when that is more than the limit.
    private static long? Arrangements(int n, int k, int limit)
    {
        double count = 1;
        for (var i = 1; i <= Math.Min(k, n - k); i++)
        {
            count = count * (n - i + 1) / i;
            if (count > limit + 0.5) return null;
        }
        return (long)Math.Round(count);
    }

    private static void Check(ResamplingOptions options, Alternative alternative)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (alternative is not (Alternative.TwoSided or Alternative.Greater or Alternative.Less))
            throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "unknown alternative");
    }
}
