namespace Assay.Statistics;

/// <summary>One arm's fixed cohort by day since exposure: every unit was observed on all the days.</summary>
/// <param name="Units">Units of the cohort; 0 or more.</param>
/// <param name="Values">The arm's value on each day, day 0 (the day of the first exposure) first.</param>
/// <param name="StandardErrors">Of each value; 0 or more.</param>
/// <param name="SlopeStandardError">Error of the slope of the values over the days, from unit to unit, so that what one unit does
/// on several days is not taken for independent.</param>
public sealed record CohortDays(long Units, IReadOnlyList<double> Values, IReadOnlyList<double> StandardErrors, double SlopeStandardError)
{
    /// <summary>Slope of the values over the days by least squares.</summary>
    public double Slope
    {
        get
        {
            double slope = 0;
            for (var day = 0; day < Values.Count; day++) slope += SlopeWeight(day, Values.Count) * Values[day];
            return slope;
        }
    }

    /// <summary>Reduces values per unit and day.</summary>
    /// <param name="units">Each with one value per day, or null on days when it was not seen: the day's value is then the mean over those seen.
    /// Where absence means 0, say 0.</param>
    /// <param name="days">Days; at least 2.</param>
    /// <returns>The cohort; not estimable with fewer than 2 units, or on a day when none was seen.</returns>
    /// <exception cref="ArgumentException">A unit has another number of days, or a value is NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">days is below 2.</exception>
    public static Estimated<CohortDays> FromValues(IReadOnlyList<double?[]> units, int days)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 2);
        double[] means = new double[days], seen = new double[days];
        for (var i = 0; i < units.Count; i++)
        {
            if (units[i].Length != days) throw new ArgumentException($"element {i} has {units[i].Length} days, not {days}", nameof(units));
            for (var day = 0; day < days; day++)
            {
                if (units[i][day] is not { } value) continue;
                if (!double.IsFinite(value)) throw new ArgumentException($"element {i} is {value} on day {day}, not a finite number", nameof(units));
                means[day] += (value - means[day]) / ++seen[day];
            }
        }
        if (units.Count < 2) return new NotEstimable($"at least 2 units are needed in each arm; there are {units.Count}");
        var empty = Array.IndexOf(seen, 0.0);
        if (empty >= 0) return new NotEstimable($"no unit was seen on day {empty}");
        double[] squares = new double[days];
        double slopes = 0, n = units.Count;
        foreach (var unit in units)
        {
            double slope = 0;
            for (var day = 0; day < days; day++)
            {
                if (unit[day] is not { } value) continue;
                var pull = (value - means[day]) * (n / seen[day]);
                squares[day] += pull * pull;
                slope += SlopeWeight(day, days) * pull;
            }
            slopes += slope * slope;
        }
        return new CohortDays(units.Count, means, [.. squares.Select(s => Math.Sqrt(s / (n - 1) / n))], Math.Sqrt(slopes / (n - 1) / n));
    }

    /// <summary>Weight of a day in the least-squares slope: (d − d̄) / Σ(d − d̄)².</summary>
    internal static double SlopeWeight(int day, int days) => (day - (days - 1) / 2.0) * 12 / (days * ((double)days * days - 1));
}
