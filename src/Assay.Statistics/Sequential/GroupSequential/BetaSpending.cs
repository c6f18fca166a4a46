namespace Assay.Statistics;

/// <summary>Futility bounds by spending beta, the chance to miss the effect, as alpha is spent.</summary>
public static class BetaSpending
{
    /// <summary>Futility bounds for a design; its critical values stay as they are, so nobody has to obey (non-binding).</summary>
    /// <param name="design">The design; of a two-sided one, futility is about its upper side.</param>
    /// <param name="spending">How beta is spent.</param>
    /// <param name="power">1 − beta, kept with the futility bounds obeyed; in (alpha of one side, 1).</param>
    /// <returns>The bounds; they meet the critical value at the last look at a drift that is part of the answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">power is outside its range.</exception>
    /// <remarks>S. Pampallona, A. A. Tsiatis, K. Kim, Drug Information Journal 35 (2001) 1113–1121, doi:10.1177/009286150103500408. Futility stays out of the p-value.</remarks>
    public static FutilityBounds NonBinding(GroupSequentialDesign design, SpendingFunction spending, double power = 0.8)
    {
        ArgumentNullException.ThrowIfNull(design);
        var spent = Spent(design, spending, power);
        var bounds = new double[spent.Length];
        var drift = Search(design, power, d => Missed(design, spent, d, bounds) - Last(spent));
        Missed(design, spent, drift, bounds);
        bounds[^1] = design.Critical[^1];
        return new(design, power, drift, bounds, spent, false);
    }

    /// <summary>Futility bounds together with critical values that count on their being obeyed, and so are lower.</summary>
    /// <param name="design">A design from a spending function; what it spends is kept, its critical values are made anew.</param>
    /// <param name="spending">How beta is spent.</param>
    /// <param name="power">1 − beta; in (alpha of one side, 1).</param>
    /// <returns>The bounds, and in <see cref="FutilityBounds.Design"/> the lower critical values. Going on after such a bound inflates the error rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">power is outside its range.</exception>
    public static FutilityBounds Binding(GroupSequentialDesign design, SpendingFunction spending, double power = 0.8)
    {
        ArgumentNullException.ThrowIfNull(design);
        var spent = Spent(design, spending, power);
        double[] upper = new double[spent.Length], lower = new double[spent.Length];
        var drift = Search(design, power, d => MissedBinding(design, spent, d, lower, upper) - Last(spent));
        MissedBinding(design, spent, drift, lower, upper);
        lower[^1] = upper[^1];
        return new(new(design.Name, design.Alpha, design.IsTwoSided, design.Times, upper, [.. design.AlphaSpent]), power, drift, lower, spent, true);
    }

    private static double[] Spent(GroupSequentialDesign design, SpendingFunction spending, double power)
    {
        ArgumentNullException.ThrowIfNull(spending);
        Guard.Probability(power);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, design.AlphaPerSide);
        double[] spent = [.. design.Times.Select(t => spending.Spent(t, 1 - power))];
        spent[^1] = 1 - power;
        return spent;
    }

    private static double Last(double[] spent) => spent[^1] - (spent.Length == 1 ? 0 : spent[^2]);

    // What is missed at the last look falls as the drift rises.
    private static double Search(GroupSequentialDesign design, double power, Func<double, double> excess) =>
        Crossings.RootNear(d => -excess(d), GroupSequentialPower.FixedDrift(design, power), 0.1);

    private static double Missed(GroupSequentialDesign design, double[] spent, double drift, double[] lower)
    {
        var path = new CrossingPath(design.Times, drift);
        for (var k = 0; k + 1 < spent.Length; k++)
        {
            // A bound beyond the critical value would give up what has just succeeded.
            lower[k] = Math.Min(path.BoundBelow(spent[k] - (k == 0 ? 0 : spent[k - 1])), design.Critical[k]);
            path.Continue(lower[k], design.Critical[k]);
        }
        return path.Below(design.Critical[^1]);
    }

    private static double MissedBinding(GroupSequentialDesign design, double[] spent, double drift, double[] lower, double[] upper)
    {
        CrossingPath none = new(design.Times, 0), effect = new(design.Times, drift);
        for (var k = 0; k < spent.Length; k++)
        {
            upper[k] = none.BoundAbove(design.AlphaSpent[k] - (k == 0 ? 0 : design.AlphaSpent[k - 1]));
            if (k + 1 == spent.Length) break;
            lower[k] = Math.Min(effect.BoundBelow(spent[k] - (k == 0 ? 0 : spent[k - 1])), upper[k]);
            none.Continue(lower[k], upper[k]);
            effect.Continue(lower[k], upper[k]);
        }
        return effect.Below(upper[^1]);
    }
}
