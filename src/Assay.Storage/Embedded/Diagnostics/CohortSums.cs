using Assay.Events;

namespace Assay.Storage;

/// <summary>One arm's cohort: sums over the cells of each day, and what follows from them.</summary>
internal sealed class CohortSums(bool isZero, int days)
{
    private readonly (long Active, double? Rate, double Scale, double Squares)[] _days = new (long, double?, double, double)[days];

    public long Units { get; set; }

    /// <param name="day">From 0.</param>
    /// <param name="active">Units with a cell.</param>
    /// <param name="mean">Of their numerators.</param>
    /// <param name="variance">Of their numerators, of the population.</param>
    /// <param name="denominator">Mean of their denominators.</param>
    public void Add(int day, long active, double mean, double variance, double denominator)
    {
        double? rate = isZero ? mean * active / Units : denominator == 0 ? null : mean / denominator;
        double scale = isZero ? 1 : denominator * active / Units, from = rate ?? 0;
        // Around the rate of the day; without a denominator the active units' own mean, unless silence counts.
        var squares = active * (variance + (mean - from) * (mean - from)) + (isZero ? (Units - active) * from * from : 0);
        _days[day] = (active, rate, scale, squares);
    }

    /// <summary>Replaces what was said of a day's spread: of a ratio it is that of the residuals.</summary>
    public void SetSquares(int day, double squares) => _days[day].Squares = squares;

    /// <summary>By day with a value, what a cell is measured from and how much the rest of it pulls the slope.</summary>
    public IEnumerable<(int Day, double From, double Weight)> Coefficients()
    {
        for (var day = 0; day < days; day++)
            if (_days[day] is { Active: > 0, Rate: { } rate, Scale: var scale })
                yield return (day, isZero ? 0 : rate, CohortPlan.Weight(day, days) / scale);
    }

    /// <param name="variant">Key of the arm.</param>
    /// <param name="slopes">Of the units with a cell: how many, mean and population variance.</param>
    public CohortArm ToArm(string variant, (long Units, double Mean, double Variance) slopes)
    {
        var expected = isZero ? _days.Select((d, day) => CohortPlan.Weight(day, days) * (d.Rate ?? 0)).Sum() : 0;
        var squares = slopes.Units * (slopes.Variance + (slopes.Mean - expected) * (slopes.Mean - expected)) + (isZero ? (Units - slopes.Units) * expected * expected : 0);
        return new CohortArm(
            variant, Units,
            [.. _days.Select(d => new CohortDay(d.Rate ?? (isZero && Units > 0 ? 0 : null), Error(d.Rate is null ? 0 : d.Squares / (d.Scale * d.Scale)), d.Active))],
            Error(squares));
    }

    private double Error(double squares) => Units < 2 ? 0 : Math.Sqrt(squares / (Units - 1) / Units);
}
