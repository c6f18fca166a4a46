namespace Assay.Statistics;

/// <summary>Krippendorff's alpha: agreement of any number of raters, on any scale, with gaps.</summary>
public static class KrippendorffAlpha
{
    /// <summary>Estimates alpha with an error from leaving out units.</summary>
    /// <param name="ratings">A row per rater, a column per unit; null where a rater gave none. Rows of equal length.</param>
    /// <param name="scale">What the ratings' distance means.</param>
    /// <param name="alpha">Level of the interval, a probability in (0, 1).</param>
    /// <returns>The estimate; not estimable when fewer than 2 units have 2 ratings, or all ratings are equal.</returns>
    /// <exception cref="ArgumentException">Rows differ in length, a rating is not finite, or a rating on the ratio scale is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or the scale is unknown.</exception>
    /// <remarks>Units with a single rating do not count. K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011).</remarks>
    public static Estimated<AgreementEstimate> Estimate(IReadOnlyList<double?[]> ratings, RatingScale scale, double alpha)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        Guard.Probability(alpha);
        if (scale is not (RatingScale.Nominal or RatingScale.Ordinal or RatingScale.Interval or RatingScale.Ratio))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "unknown scale");
        var units = Units(ratings, scale);
        if (units.Count < 2) return new NotEstimable($"at least 2 units with 2 ratings are needed; there are {units.Count}");
        if (Coefficient(units, scale, _ => true) is not { } all) return new NotEstimable("all ratings are equal, so chance alone gives full agreement");
        var (error, degreesOfFreedom) = all > 1 - 1e-12 ? (0, 1) : ItemJackknife.Error(units.Count, keep => Coefficient(units, scale, keep));
        double agree = units.Average(unit => unit.Sum(a => unit.Count(b => a == b) - 1.0) / (unit.Length * (unit.Length - 1)));
        return AgreementEstimate.Of(all, error, degreesOfFreedom, agree, units.Count, alpha);
    }

    private static List<double[]> Units(IReadOnlyList<double?[]> ratings, RatingScale scale)
    {
        var units = new List<double[]>();
        for (var u = 0; ratings.Count > 0 && u < ratings[0].Length; u++)
        {
            var unit = new List<double>();
            foreach (var rater in ratings)
            {
                Guard.SameLength(rater.Length, ratings[0].Length, nameof(ratings));
                if (rater[u] is not { } rating) continue;
                if (!double.IsFinite(rating) || (scale == RatingScale.Ratio && rating < 0))
                    throw new ArgumentException($"unit {u} has the rating {rating}, which the scale does not have", nameof(ratings));
                unit.Add(rating);
            }
            if (unit.Count >= 2) units.Add([.. unit]);
        }
        return units;
    }

    private static double? Coefficient(List<double[]> units, RatingScale scale, Func<int, bool> keep)
    {
        double[] values = [.. units.Where((_, i) => keep(i)).SelectMany(u => u).Distinct().Order()];
        var index = values.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i);
        var coincidence = new double[values.Length, values.Length];
        for (var u = 0; u < units.Count; u++)
        {
            if (!keep(u)) continue;
            var unit = units[u];
            for (var i = 0; i < unit.Length; i++)
                for (var j = 0; j < unit.Length; j++)
                    if (i != j) coincidence[index[unit[i]], index[unit[j]]] += 1.0 / (unit.Length - 1);
        }
        var totals = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
            for (var j = 0; j < values.Length; j++) totals[i] += coincidence[i, j];
        double n = totals.Sum(), observed = 0, expected = 0;
        for (var i = 0; i < values.Length; i++)
            for (var j = i + 1; j < values.Length; j++)
            {
                var distance = Distance(values, totals, i, j, scale);
                observed += coincidence[i, j] * distance;
                expected += totals[i] * totals[j] * distance;
            }
        return expected == 0 ? null : 1 - (n - 1) * observed / expected;
    }

    private static double Distance(double[] values, double[] totals, int i, int j, RatingScale scale)
    {
        switch (scale)
        {
            case RatingScale.Ordinal:
                var between = (totals[i] + totals[j]) / 2;
                for (var k = i + 1; k < j; k++) between += totals[k];
                return between * between;
            case RatingScale.Interval:
                return (values[i] - values[j]) * (values[i] - values[j]);
            case RatingScale.Ratio:
                var share = (values[i] - values[j]) / (values[i] + values[j]);
                return share * share;
            default:
                return 1;
        }
    }
}
