namespace Assay.Statistics;

/// <summary>Interval of the difference of two proportions that is the test turned round: it excludes 0 exactly when the pooled z test rejects.</summary>
public static class ScoreInterval
{
    /// <summary>All differences d whose score test |z(d)| stays below the critical value, the variance being that of the likeliest rates that differ by d.</summary>
    /// <param name="control">Successes and trials of the control; at least 1 trial.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">Two-sided level, a probability in (0, 1).</param>
    /// <returns>Interval of treatment − control at level 1 − alpha, inside [−1, 1]; holds the observed difference.</returns>
    /// <exception cref="ArgumentException">An arm has no trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    /// <remarks>Agrees with the test at boundaries of group-sequential designs, where Newcombe's interval can part from it. A fraction of a millisecond.
    /// R. W. Mee, Biometrics 40 (1984) 1175–1176; compared in R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 5.</remarks>
    public static Interval Of(Proportion control, Proportion treatment, double alpha)
    {
        if (control.Trials == 0 || treatment.Trials == 0) throw new ArgumentException($"each arm needs at least 1 trial; there are {control.Trials} and {treatment.Trials}");
        double critical = StandardNormal.Critical(alpha), difference = treatment.Rate - control.Rate;
        return new(End(-1), End(1));

        // z(d) falls as d rises. Where the variance under d is 0, d is impossible unless it is what was seen.
        double End(int side)
        {
            double inside = difference, outside = side;
            for (var i = 0; i < 100 && Math.Abs(outside - inside) > 1e-13; i++)
            {
                var middle = (inside + outside) / 2;
                if (IsInside(middle, side)) inside = middle; else outside = middle;
            }
            return inside;
        }

        bool IsInside(double d, int side)
        {
            if (d is <= -1 or >= 1) return false;
            var z = MarginScore.Z(control, treatment, d);
            return z.IsEstimable && -side * z.Value < critical;
        }
    }
}
