namespace Assay.Statistics;

/// <summary>Looks at which an experiment may stop, and the critical values that keep its error rate at alpha over all of them.</summary>
/// <remarks>
/// The statistics Z₁ … Z_K are normal with E[Z_k] = drift · √t_k and Corr(Z_j, Z_k) = √(t_j / t_k), t being the information (matured units, in the
/// simplest case) as a fraction of the planned maximum; drift is what E[Z] would be at fraction 1. A two-sided design gives each side alpha / 2 and
/// ignores the other side's bound, which errs on the safe side by less than 1e-5 at .05. Immutable; safe to share between threads.
/// C. Jennison, B. W. Turnbull, Group Sequential Methods with Applications to Clinical Trials, Chapman &amp; Hall/CRC 2000.
/// </remarks>
public sealed class GroupSequentialDesign
{
    private readonly double[] _times;
    private readonly double[] _critical;

    internal GroupSequentialDesign(string name, double alpha, bool twoSided, double[] times, double[] critical, double[] spent)
    {
        (Name, Alpha, IsTwoSided, _times, _critical) = (name, alpha, twoSided, times, critical);
        AlphaSpent = spent;
        NominalPValues = [.. critical.Select(c => (twoSided ? 2 : 1) * StandardNormal.UpperTail(c))];
    }

    /// <summary>Which rule made the bounds, as in definitions: obrien-fleming, wang-tsiatis, boundaries …</summary>
    public string Name { get; }

    /// <summary>The error rate over all looks, both sides together if there are two. Of given critical values: what they spend.</summary>
    public double Alpha { get; }

    /// <summary>True when the design stops at |Z| ≥ c, false when only at Z ≥ c.</summary>
    public bool IsTwoSided { get; }

    /// <summary>Alpha of one side.</summary>
    public double AlphaPerSide => IsTwoSided ? Alpha / 2 : Alpha;

    /// <summary>Information at each look as a fraction of the planned maximum; ascending; the last may differ from 1.</summary>
    public IReadOnlyList<double> InformationFractions => _times;

    /// <summary>The z to reach at each look; +∞ where nothing may be spent.</summary>
    public IReadOnlyList<double> CriticalValues => _critical;

    /// <summary>Cumulative alpha of one side spent by each look.</summary>
    public IReadOnlyList<double> AlphaSpent { get; }

    /// <summary>The p-value that corresponds to each critical value, two-sided if the design is; 0 where the bound is infinite.</summary>
    public IReadOnlyList<double> NominalPValues { get; }

    internal double[] Times => _times;

    internal double[] Critical => _critical;

    /// <summary>Bounds from a spending function; the looks may lie anywhere and need not be those that were planned.</summary>
    /// <param name="looks">Information actually there at each look, as a fraction of the planned maximum; positive, ascending, 0.000001 apart or more.</param>
    /// <param name="spending">How alpha is spent.</param>
    /// <param name="alpha">Error rate over all looks, both sides together; a probability in (0, 1).</param>
    /// <param name="twoSided">Two sides at alpha / 2 each, or one at alpha.</param>
    /// <param name="lastIsFinal">True: the last look spends all that is left, whether it came early (under-running) or late (over-running).
    /// False: looks so far, more will follow.</param>
    /// <returns>The design.</returns>
    /// <exception cref="ArgumentException">No look.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Looks are not positive, ascending and apart; alpha is outside (0, 1).</exception>
    /// <remarks>Ten looks take about a millisecond, 181 some tens. K. K. G. Lan, D. L. DeMets, Biometrika 70 (1983) 659–663, doi:10.1093/biomet/70.3.659.</remarks>
    public static GroupSequentialDesign Spending(
        ReadOnlySpan<double> looks, SpendingFunction spending, double alpha = 0.05, bool twoSided = true, bool lastIsFinal = true)
    {
        ArgumentNullException.ThrowIfNull(spending);
        Guard.Probability(alpha);
        var times = Looks.Validated(looks, nameof(looks));
        var total = twoSided ? alpha / 2 : alpha;
        double[] spent = [.. times.Select(t => spending.Spent(t, total))];
        if (lastIsFinal) spent[^1] = total;
        return new(spending.Name, alpha, twoSided, times, Crossings.Spending(times, spent), spent);
    }

    /// <summary>The same spending at looks that are equally far apart, the last at fraction 1.</summary>
    /// <param name="looks">Number of looks; 1 or more.</param>
    /// <param name="spending">How alpha is spent.</param>
    /// <param name="alpha">Error rate over all looks, both sides together; a probability in (0, 1).</param>
    /// <param name="twoSided">Two sides at alpha / 2 each, or one at alpha.</param>
    /// <exception cref="ArgumentOutOfRangeException">looks is not positive or alpha is outside (0, 1).</exception>
    public static GroupSequentialDesign Spending(int looks, SpendingFunction spending, double alpha = 0.05, bool twoSided = true) =>
        Spending(Looks.Equal(looks), spending, alpha, twoSided);

    /// <summary>Classical O'Brien–Fleming bounds, C / √t: one constant on the scale of the score.</summary>
    /// <inheritdoc cref="WangTsiatis"/>
    /// <remarks>P. C. O'Brien, T. R. Fleming, Biometrics 35 (1979) 549–556, doi:10.2307/2530245.</remarks>
    public static GroupSequentialDesign OBrienFleming(ReadOnlySpan<double> looks, double alpha = 0.05, bool twoSided = true) =>
        PowerFamily("classical-obrien-fleming", looks, 0, alpha, twoSided);

    /// <summary>Classical Pocock bounds: the same critical value at every look.</summary>
    /// <inheritdoc cref="WangTsiatis"/>
    /// <remarks>S. J. Pocock, Biometrika 64 (1977) 191–199, doi:10.1093/biomet/64.2.191.</remarks>
    public static GroupSequentialDesign Pocock(ReadOnlySpan<double> looks, double alpha = 0.05, bool twoSided = true) =>
        PowerFamily("classical-pocock", looks, 0.5, alpha, twoSided);

    /// <summary>Bounds C · t^(shape − ½), t relative to the last look: O'Brien–Fleming at shape 0, Pocock at ½.</summary>
    /// <param name="looks">Information at the planned looks; positive, ascending, 0.000001 apart or more. These bounds hold only at these looks.</param>
    /// <param name="shape">Δ of the family; from −10 to 10, in practice 0 to ½.</param>
    /// <param name="alpha">Error rate over all looks, both sides together; a probability in (0, 1).</param>
    /// <param name="twoSided">Two sides at alpha / 2 each, or one at alpha.</param>
    /// <returns>The design.</returns>
    /// <exception cref="ArgumentException">No look.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Looks are not positive, ascending and apart; shape or alpha is outside its range.</exception>
    /// <remarks>S. K. Wang, A. A. Tsiatis, Biometrics 43 (1987) 193–199, doi:10.2307/2531959.</remarks>
    public static GroupSequentialDesign WangTsiatis(ReadOnlySpan<double> looks, double shape, double alpha = 0.05, bool twoSided = true)
    {
        if (!(Math.Abs(shape) <= 10)) throw new ArgumentOutOfRangeException(nameof(shape), shape, "must lie between -10 and 10");
        return PowerFamily("wang-tsiatis", looks, shape, alpha, twoSided);
    }

    /// <summary>Haybittle–Peto: one high bound at every interim look, and at the end what alpha is left.</summary>
    /// <param name="looks">Information at the planned looks; positive, ascending, 0.000001 apart or more.</param>
    /// <param name="interim">The z to reach before the end; positive. 3 by tradition.</param>
    /// <param name="alpha">Error rate over all looks, both sides together; a probability in (0, 1).</param>
    /// <param name="twoSided">Two sides at alpha / 2 each, or one at alpha.</param>
    /// <returns>The design.</returns>
    /// <exception cref="ArgumentException">No look.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Looks are not positive, ascending and apart; alpha is outside (0, 1);
    /// interim is not positive, or so low that the interim looks alone spend alpha.</exception>
    /// <remarks>J. L. Haybittle, British Journal of Radiology 44 (1971) 793–797, doi:10.1259/0007-1285-44-526-793; R. Peto et al., British Journal of Cancer 34 (1976) 585–612.</remarks>
    public static GroupSequentialDesign HaybittlePeto(ReadOnlySpan<double> looks, double interim = 3, double alpha = 0.05, bool twoSided = true)
    {
        Guard.Probability(alpha);
        Guard.Positive(interim);
        var times = Looks.Validated(looks, nameof(looks));
        var total = twoSided ? alpha / 2 : alpha;
        double[] bounds = [.. Enumerable.Repeat(interim, times.Length - 1), double.PositiveInfinity];
        var spent = Cumulative(Crossings.Upper(times, bounds, null, 0));
        if (spent[^1] >= total) throw new ArgumentOutOfRangeException(nameof(interim), interim, "is so low that the interim looks alone spend alpha");
        spent[^1] = total;
        return new("haybittle-peto", alpha, twoSided, times, Crossings.Spending(times, spent), spent);
    }

    /// <summary>Bounds that somebody registered; alpha is what they really spend.</summary>
    /// <param name="looks">Information at the looks; positive, ascending, 0.000001 apart or more.</param>
    /// <param name="criticalValues">As many critical values; not NaN; +∞ where the experiment may not stop.</param>
    /// <param name="twoSided">Whether −c stops as c does.</param>
    /// <returns>The design. Two-sided, its alpha is the exact chance that either bound is crossed, which is a little less than twice that of one.</returns>
    /// <exception cref="ArgumentException">No look, or lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Looks are not positive, ascending and apart; a critical value is NaN, or not above 0 in a two-sided design;
    /// no look can stop the experiment, or every experiment stops.</exception>
    public static GroupSequentialDesign FromCriticalValues(ReadOnlySpan<double> looks, ReadOnlySpan<double> criticalValues, bool twoSided = true)
    {
        var times = Looks.Validated(looks, nameof(looks));
        Guard.SameLength(criticalValues.Length, times.Length, nameof(criticalValues));
        foreach (var c in criticalValues)
            if (double.IsNaN(c) || (twoSided && !(c > 0))) throw new ArgumentOutOfRangeException(nameof(criticalValues), c, "must be a number, and above 0 when both sides stop");
        var bounds = criticalValues.ToArray();
        var spent = Cumulative(Crossings.Upper(times, bounds, null, 0));
        var alpha = spent[^1];
        if (twoSided)
        {
            var (up, down) = Crossings.Walk(times, bounds, [.. bounds.Select(c => -c)], 0);
            alpha = up.Sum() + down.Sum();
        }
        if (!(alpha > 0)) throw new ArgumentOutOfRangeException(nameof(criticalValues), "no look can stop the experiment");
        if (!(alpha < 1)) throw new ArgumentOutOfRangeException(nameof(criticalValues), "are so low that every experiment stops");
        return new("boundaries", alpha, twoSided, times, bounds, spent);
    }

    /// <summary>The first look at which the bound is reached.</summary>
    /// <param name="z">The statistics of the looks so far, in order; at most as many as the design has; no NaN.</param>
    /// <returns>The look, from 1; null when none of them stops the experiment.</returns>
    /// <exception cref="ArgumentException">More statistics than looks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A statistic is NaN.</exception>
    public int? StopsAt(ReadOnlySpan<double> z)
    {
        if (z.Length > _times.Length) throw new ArgumentException($"has {z.Length} elements, but the design {_times.Length} looks", nameof(z));
        for (var k = 0; k < z.Length; k++)
        {
            if (double.IsNaN(z[k])) throw new ArgumentOutOfRangeException(nameof(z), z[k], "must be a number");
            if (IsReached(k + 1, z[k])) return k + 1;
        }
        return null;
    }

    /// <summary>Whether a statistic reaches the bound of one look.</summary>
    /// <param name="look">The look, from 1.</param>
    /// <param name="z">Its statistic; not NaN.</param>
    /// <exception cref="ArgumentOutOfRangeException">The design has no such look, or z is NaN.</exception>
    public bool IsReached(int look, double z)
    {
        CheckLook(look);
        if (double.IsNaN(z)) throw new ArgumentOutOfRangeException(nameof(z), z, "must be a number");
        return (IsTwoSided ? Math.Abs(z) : z) >= _critical[look - 1];
    }

    /// <summary>Interval of the effect that holds at all looks at once, whatever made the experiment stop: estimate ± c_k standard errors.</summary>
    /// <param name="look">The look, from 1.</param>
    /// <param name="estimate">The estimate at this look; finite.</param>
    /// <param name="standardError">Its standard error at this look; positive.</param>
    /// <returns>Level 1 − alpha over all looks; from a one-sided design [low, +∞); the whole line where the bound is infinite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>C. Jennison, B. W. Turnbull, JRSS B 51 (1989) 305–361, doi:10.1111/j.2517-6161.1989.tb01433.x.</remarks>
    public Interval RepeatedInterval(int look, double estimate, double standardError)
    {
        CheckLook(look);
        Guard.Finite(estimate);
        Guard.Positive(standardError);
        var half = _critical[look - 1] * standardError;
        return new(estimate - half, IsTwoSided ? estimate + half : double.PositiveInfinity);
    }

    internal void CheckLook(int look)
    {
        if (look < 1 || look > _times.Length) throw new ArgumentOutOfRangeException(nameof(look), look, $"must be a look from 1 to {_times.Length}");
    }

    private static GroupSequentialDesign PowerFamily(string name, ReadOnlySpan<double> looks, double shape, double alpha, bool twoSided)
    {
        Guard.Probability(alpha);
        var times = Looks.Validated(looks, nameof(looks));
        var total = twoSided ? alpha / 2 : alpha;
        double[] factors = [.. times.Select(t => Math.Pow(t / times[^1], shape - 0.5))];
        // A fixed test's value is too low for the last look; at Bonferroni's, no look can spend more than its share.
        double low = -StandardNormal.Quantile(total), high = Math.Max(-StandardNormal.Quantile(total / times.Length), 1e-9) / Math.Min(1, factors.Min());
        if (low < 0) low /= Math.Min(1, factors.Min());
        var constant = times.Length == 1 ? low : Crossings.Root(c => Total(c) - total, low, high);
        double[] bounds = [.. factors.Select(f => constant * f)];
        return new(name, alpha, twoSided, times, bounds, Cumulative(Crossings.Upper(times, bounds, null, 0)));

        double Total(double c) => Crossings.Upper(times, [.. factors.Select(f => c * f)], null, 0).Sum();
    }

    private static double[] Cumulative(double[] values)
    {
        for (var i = 1; i < values.Length; i++) values[i] += values[i - 1];
        return values;
    }
}
