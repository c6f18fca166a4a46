namespace Assay.Statistics;

/// <summary>How much of a difference of means hangs on a few units.</summary>
/// <remarks>Units are ranked by their distance from the median of both arms pooled: ranking within arms would cut the arm with the larger tail
/// harder. A look at robustness, not another test: a conclusion that falls with one unit was never about the many. Leave-one-out influence:
/// R. D. Cook, Technometrics 19 (1977) 15–18, doi:10.1080/00401706.1977.10489493.</remarks>
public static class OutlierInfluence
{
    /// <summary>Compares with and without, from moments.</summary>
    /// <param name="control">Moments of all units of the control.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="controlRest">Moments of the control's units that stay, or of its capped values; at most as many units.</param>
    /// <param name="treatmentRest">The same for the treatment.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The influence; not estimable when the difference of all units is not.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1), or more units stay than there are.</exception>
    public static Estimated<Influence> Of(
        SampleMoments control, SampleMoments treatment, SampleMoments controlRest, SampleMoments treatmentRest, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(controlRest.N, control.N, nameof(controlRest));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(treatmentRest.N, treatment.N, nameof(treatmentRest));
        var all = WelchT.Compare(control, treatment, alpha);
        if (!all.IsEstimable) return new NotEstimable(all.Reason!);
        var rest = WelchT.Compare(controlRest, treatmentRest, alpha);
        if (!rest.IsEstimable) return new Influence(all.Value, rest, null, false);
        return new Influence(
            all.Value, rest, (rest.Value.Difference - all.Value.Difference) / all.Value.StandardError, Sign(all.Value.Interval) != Sign(rest.Value.Interval));

        static int Sign(Interval interval) => interval.Low > 0 ? 1 : interval.High < 0 ? -1 : 0;
    }

    /// <summary>The difference without the <paramref name="count"/> units furthest from the pooled median.</summary>
    /// <param name="control">One finite value per unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="count">Units to leave out, of both arms together; 1 or more. Of equally distant ones the control's goes first.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The influence; not estimable when the difference of all units is not.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1), or count below 1.</exception>
    public static Estimated<Influence> WithoutFurthest(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, int count, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        SampleMoments c = SampleMoments.FromValues(control), t = SampleMoments.FromValues(treatment);
        double[] pooled = [.. control, .. treatment];
        var isTreatment = new bool[pooled.Length];
        isTreatment.AsSpan(control.Length).Fill(true);
        var median = Median(pooled);
        var order = Enumerable.Range(0, pooled.Length).OrderBy(i => Math.Abs(pooled[i] - median)).ThenByDescending(i => isTreatment[i]).ThenByDescending(i => i).ToArray();
        var kept = order[..Math.Max(0, pooled.Length - count)];
        return Of(c, t, Rest(false), Rest(true), alpha);

        SampleMoments Rest(bool ofTreatment) => SampleMoments.FromValues([.. kept.Where(i => isTreatment[i] == ofTreatment).Select(i => pooled[i])]);
    }

    /// <summary>The difference after values beyond limits were moved to them.</summary>
    /// <param name="control">One finite value per unit.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="cap">The limits, from both arms together.</param>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <returns>The influence; not estimable when the difference of all units is not.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public static Estimated<Influence> Winsorised(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment, PooledCap cap, double alpha)
    {
        SampleMoments c = SampleMoments.FromValues(control), t = SampleMoments.FromValues(treatment);
        return Of(c, t, Capped(control), Capped(treatment), alpha);

        SampleMoments Capped(ReadOnlySpan<double> values)
        {
            var capped = values.ToArray();
            for (var i = 0; i < capped.Length; i++) capped[i] = Math.Clamp(capped[i], cap.Low, cap.High);
            return SampleMoments.FromValues(capped);
        }
    }

    private static double Median(double[] values)
    {
        if (values.Length == 0) return 0;
        double[] sorted = [.. values];
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
    }
}
