namespace Assay.Statistics;

/// <summary>Splits the variance of judged scores into what comes from the case, from the generation and from the judge.</summary>
public static class VarianceComponents
{
    /// <summary>Estimates the components from a balanced design: every case answered equally often, every answer judged by all judges.</summary>
    /// <param name="values">Finite values by case, generation (its own in each case) and judge.</param>
    /// <returns>The split; not estimable with fewer than 2 cases, 2 generations or 2 judges.</returns>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    /// <remarks>Random effects: case c, generation r within the case, judge j, case × judge, and the rest; components from expected mean
    /// squares (R. L. Brennan, Generalizability Theory (2001), 3.4, the (r:c) × j design, doi:10.1007/978-1-4757-3456-0). A component
    /// estimated below 0 is 0, and marked so.</remarks>
    public static Estimated<VarianceSplit> Estimate(double[,,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int c = values.GetLength(0), r = values.GetLength(1), j = values.GetLength(2);
        if (c < 2 || r < 2 || j < 2)
            return new NotEstimable($"at least 2 cases, 2 generations and 2 judges are needed; there are {c}, {r} and {j}");
        foreach (var value in values)
            if (!double.IsFinite(value)) throw new ArgumentException($"{value} is not a finite number", nameof(values));

        double grand = 0;
        double[] byCase = new double[c], byJudge = new double[j];
        double[,] byAnswer = new double[c, r], byCaseJudge = new double[c, j];
        for (var a = 0; a < c; a++)
            for (var b = 0; b < r; b++)
                for (var k = 0; k < j; k++)
                {
                    var value = values[a, b, k];
                    grand += value / ((double)c * r * j);
                    byCase[a] += value / (r * j);
                    byJudge[k] += value / (c * r);
                    byAnswer[a, b] += value / j;
                    byCaseJudge[a, k] += value / r;
                }

        double cases = 0, answers = 0, judges = 0, crossed = 0, rest = 0;
        for (var a = 0; a < c; a++)
        {
            cases += r * j * Square(byCase[a] - grand);
            for (var b = 0; b < r; b++) answers += j * Square(byAnswer[a, b] - byCase[a]);
            for (var k = 0; k < j; k++) crossed += r * Square(byCaseJudge[a, k] - byCase[a] - byJudge[k] + grand);
            for (var b = 0; b < r; b++)
                for (var k = 0; k < j; k++) rest += Square(values[a, b, k] - byAnswer[a, b] - byCaseJudge[a, k] + byCase[a]);
        }
        for (var k = 0; k < j; k++) judges += c * r * Square(byJudge[k] - grand);

        double msCase = cases / (c - 1), msAnswer = answers / (c * (r - 1.0)), msJudge = judges / (j - 1), msCrossed = crossed / ((c - 1.0) * (j - 1)), msRest = rest / (c * (r - 1.0) * (j - 1));
        double[] raw = [(msCase - msAnswer - msCrossed + msRest) / (r * j), (msAnswer - msRest) / j, (msJudge - msCrossed) / (c * r), (msCrossed - msRest) / r, msRest];
        // Differences of mean squares that are equal but for rounding are no component, and no negative one.
        var noise = 1e-12 * (msCase + msAnswer + msJudge + msCrossed + msRest);
        double[] kept = [.. raw.Select(v => v > noise ? v : 0)];
        return new VarianceSplit(kept[0], kept[1], kept[2], kept[3], kept[4], raw.Any(v => v < -noise), c, r, j);
    }

    private static double Square(double value) => value * value;
}
