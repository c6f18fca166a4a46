namespace Assay.Statistics;

/// <summary>Bootstrap: errors and intervals of any statistic by drawing units with replacement.</summary>
/// <remarks>Fixed horizon; good from some 20 units an arm. The unit drawn must be the unit of randomisation. B. Efron, Journal of the
/// American Statistical Association 82 (1987) 171–185, doi:10.1080/01621459.1987.10478410.</remarks>
public static class Bootstrap
{
    /// <summary>Difference of two means, treatment − control.</summary>
    /// <param name="control">One finite value per unit; at least 2.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <returns>The estimate; not estimable with fewer than 2 units in an arm or without variance.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha or an option is outside its range.</exception>
    /// <remarks>O(resamples · n) without allocation per resample.</remarks>
    public static Estimated<BootstrapEstimate> Means(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double alpha, ResamplingOptions options)
    {
        Check(alpha, options);
        SampleMoments c = SampleMoments.FromValues(control), t = SampleMoments.FromValues(treatment);
        if (c.N < 2 || t.N < 2) return TooFew(c.N, t.N);
        double[] controls = control.ToArray(), treatments = treatment.ToArray();
        Resampler fromControl = new(controls), fromTreatment = new(treatments);
        var replicates = ResamplingLoop.Run(options, () => 0, (ref RandomStream random, int _) => fromTreatment.Mean(ref random) - fromControl.Mean(ref random));
        double[] influence = [.. controls.Select(v => -(v - c.Mean) / c.N), .. treatments.Select(v => (v - t.Mean) / t.N)];
        return BootstrapConclusion.Of(t.Mean - c.Mean, replicates, influence, alpha);
    }

    /// <summary>Mean difference of the same items under both variants, items drawn as pairs.</summary>
    /// <param name="control">One finite value per item; at least 2.</param>
    /// <param name="treatment">As many, the same item at the same place.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <returns>The estimate; not estimable with fewer than 2 pairs or when all differences are equal.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha or an option is outside its range.</exception>
    public static Estimated<BootstrapEstimate> Paired(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, double alpha, ResamplingOptions options)
    {
        Check(alpha, options);
        Guard.SameLength(treatment.Length, control.Length, nameof(treatment));
        var differences = new double[control.Length];
        for (var i = 0; i < differences.Length; i++) differences[i] = treatment[i] - control[i];
        var moments = SampleMoments.FromValues(differences);
        if (moments.N < 2) return new NotEstimable($"at least 2 pairs are needed; there are {moments.N}");
        var resampler = new Resampler(differences);
        var replicates = ResamplingLoop.Run(options, () => 0, (ref RandomStream random, int _) => resampler.Mean(ref random));
        return BootstrapConclusion.Of(moments.Mean, replicates, [.. differences.Select(d => d - moments.Mean)], alpha);
    }

    /// <summary>Difference of two means over values (sum over values / number of values), whole clusters drawn.</summary>
    /// <param name="values">Finite values, in any order.</param>
    /// <param name="treated">As many; true for the treatment.</param>
    /// <param name="clusters">As many ids; a cluster must lie in one arm.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <returns>The estimate; not estimable below 4 clusters in an arm.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a value is NaN or infinite, or a cluster lies in both arms.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha or an option is outside its range.</exception>
    public static Estimated<BootstrapEstimate> Clustered(
        ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<long> clusters, double alpha, ResamplingOptions options)
    {
        Check(alpha, options);
        var (control, treatment) = ClusterArms.Of(ClusterTotals.Of(values, treated, clusters), nameof(clusters));
        if (control.Count < ClusterRobust.MinimumClusters || treatment.Count < ClusterRobust.MinimumClusters)
            return new NotEstimable($"each arm needs at least {ClusterRobust.MinimumClusters} clusters; there are {control.Count} and {treatment.Count}");
        var replicates = ResamplingLoop.Run(options, () => 0, (ref RandomStream random, int _) => treatment.Resampled(ref random) - control.Resampled(ref random));
        return BootstrapConclusion.Of(treatment.Mean - control.Mean, replicates, [.. control.Influence(-1), .. treatment.Influence(1)], alpha);
    }

    /// <summary>Difference of any statistic of two arms, treatment − control: medians, percentiles, trimmed means.</summary>
    /// <param name="control">One finite value per unit; at least 2.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="statistic">Computed on copies in ascending order; called from several threads.</param>
    /// <param name="alpha">Level, a probability in (0, 1).</param>
    /// <param name="options">Seed, resamples, threads.</param>
    /// <returns>The estimate; not estimable with fewer than 2 units in an arm, or when the statistic is not finite or never varies.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha or an option is outside its range.</exception>
    public static Estimated<BootstrapEstimate> Statistic(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, SampleStatistic statistic, double alpha, ResamplingOptions options)
    {
        Check(alpha, options);
        ArgumentNullException.ThrowIfNull(statistic);
        SampleMoments c = SampleMoments.FromValues(control), t = SampleMoments.FromValues(treatment);
        if (c.N < 2 || t.N < 2) return TooFew(c.N, t.N);
        SortedSample controls = new(control), treatments = new(treatment);
        Resampler fromControl = new(controls.Values), fromTreatment = new(treatments.Values);
        var replicates = ResamplingLoop.Run(
            options, () => (fromControl.Workspace(), fromTreatment.Workspace()),
            (ref RandomStream random, ((int[], double[]) C, (int[], double[]) T) work) =>
            {
                var drawn = statistic(fromControl.Sorted(ref random, work.C));
                return statistic(fromTreatment.Sorted(ref random, work.T)) - drawn;
            });
        return BootstrapConclusion.Of(
            statistic(treatments.Copy()) - statistic(controls.Copy()), replicates,
            [.. controls.Jackknife(statistic, options.Parallelism).Select(v => -v), .. treatments.Jackknife(statistic, options.Parallelism)], alpha);
    }

    private static void Check(double alpha, ResamplingOptions options)
    {
        Guard.Probability(alpha);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
    }

    private static NotEstimable TooFew(long control, long treatment) => new($"each arm needs at least 2 units; there are {control} and {treatment}");
}
