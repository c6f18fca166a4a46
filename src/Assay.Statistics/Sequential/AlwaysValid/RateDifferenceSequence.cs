namespace Assay.Statistics;

/// <summary>One-sided limits for the difference of two rates, treatment minus control, that are exact at any sample size and hold at all times.</summary>
/// <remarks>
/// Units are assigned at random with a known share. For every d the hypothesis "the difference is at least d" is tested by an e-process; the limit is the
/// largest d that is not rejected. For rates q fixed before data, the rates p* of the hypothesis nearest to them in the Kullback–Leibler sense make the
/// product over units of q_arm(outcome) / p*_arm(outcome) an e-process for every pair of rates in the hypothesis, since these form a convex set.
/// At d = 0 it is <see cref="BernoulliEProcess"/>, so the limit excludes 0 exactly when that rejects. The mixture over q is the same, laid around rates that differ by d.
/// R. J. Turner, P. D. Grünwald, Statistics &amp; Probability Letters 198 (2023) 109835, doi:10.1016/j.spl.2023.109835.
/// </remarks>
public sealed class RateDifferenceSequence
{
    private const int StepsPerOctave = 4, OctavesBelow = 10, OctavesAbove = 3;

    // Rates nearer to 0 or 1 leave logarithms nothing to say.
    private const double Edge = 1e-9, Farthest = 1 - 1e-6;
    private readonly double _baseline, _share;
    private readonly double[] _sizes, _logWeights;

    /// <param name="baseline">The rate that one expects of the control, in (0, 1). A wrong one costs width, not validity.</param>
    /// <param name="effect">The absolute difference that one cares about, positive.</param>
    /// <param name="treatmentShare">Of the units of these two arms, the share assigned to the treatment, in (0, 1): the weights, not the counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RateDifferenceSequence(double baseline, double effect, double treatmentShare = 0.5)
    {
        Guard.Probability(baseline);
        Guard.Positive(effect);
        Guard.Probability(treatmentShare);
        (_baseline, _share) = (baseline, treatmentShare);
        var centre = Math.Min(effect / (baseline * (1 - baseline)), 30 / Math.Pow(2, OctavesAbove));
        double[] octaves = [.. Enumerable.Range(-OctavesBelow * StepsPerOctave, (OctavesBelow + OctavesAbove) * StepsPerOctave + 1).Select(step => (double)step / StepsPerOctave)];
        var total = octaves.Sum(o => 1 / (1 + o * o));
        _sizes = [.. octaves.Select(o => centre * Math.Pow(2, o))];
        _logWeights = [.. octaves.Select(o => -Math.Log((1 + o * o) * total))];
    }

    /// <summary>The largest difference that the data allow at this level.</summary>
    /// <param name="control">Successes among all units of the control so far; may be empty.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">One-sided, over all times; a probability in (0, 1).</param>
    /// <returns>In [-1, 1]; 1 without data.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public double UpperLimit(Proportion control, Proportion treatment, double alpha)
    {
        Guard.Probability(alpha);
        return Limit(_baseline, control, treatment, alpha);
    }

    /// <summary>The smallest difference that the data allow at this level: the upper limit of failures, turned round.</summary>
    /// <param name="control">Successes among all units of the control so far; may be empty.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <param name="alpha">One-sided, over all times; a probability in (0, 1).</param>
    /// <returns>In [-1, 1]; -1 without data.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public double LowerLimit(Proportion control, Proportion treatment, double alpha)
    {
        Guard.Probability(alpha);
        return -Limit(1 - _baseline, Failures(control), Failures(treatment), alpha);
    }

    /// <summary>Evidence against "treatment minus control is at least <paramref name="difference"/>".</summary>
    /// <param name="difference">Between -1 and 1, a millionth away from both.</param>
    /// <param name="control">Successes among all units of the control so far; may be empty.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <exception cref="ArgumentOutOfRangeException">difference is outside its range or NaN.</exception>
    public EValue Against(double difference, Proportion control, Proportion treatment)
    {
        if (!(Math.Abs(difference) <= Farthest)) throw new ArgumentOutOfRangeException(nameof(difference), difference, "must lie between -1 and 1, a millionth away from both");
        return Against(_baseline, difference, control, treatment);
    }

    private static Proportion Failures(Proportion arm) => new(arm.Trials - arm.Successes, arm.Trials);

    private double Limit(double baseline, Proportion control, Proportion treatment, double alpha)
    {
        if (control.Trials == 0 || treatment.Trials == 0) return 1;
        var needed = -Math.Log(alpha);
        // Nothing at or below what was seen is ever rejected; 0 first, so that limit and test always tell the same.
        double low = treatment.Rate - control.Rate, high = Farthest;
        if (low < 0 && Rejects(0)) (low, high) = (Math.Max(low, -Farthest), 0);
        else low = Math.Max(low, 0);
        if (high > 0 && (low >= high || !Rejects(high))) return 1;
        return Crossings.Root(Beyond, low, high, 1e-12);

        bool Rejects(double d) => Beyond(d) >= 0;

        double Beyond(double d) => Against(baseline, d, control, treatment).Log - needed;
    }

    private EValue Against(double baseline, double d, Proportion control, Proportion treatment)
    {
        double cs = control.Successes, cf = control.Trials - control.Successes, ts = treatment.Successes, tf = treatment.Trials - treatment.Successes;
        // Rates that differ by d, as near to the expected one as that allows.
        var c = Math.Clamp(baseline - _share * d, Math.Max(Edge, Edge - d), Math.Min(1 - Edge, 1 - Edge - d));
        double logC = Math.Log(c / (1 - c)), logT = Math.Log((c + d) / (1 - c - d));
        Span<double> logs = stackalloc double[_logWeights.Length];
        var largest = double.NegativeInfinity;
        for (var i = 0; i < logs.Length; i++)
        {
            var size = _sizes[i];
            double qc = Rate(logC + _share * size), notQc = Rate(-logC - _share * size), qt = Rate(logT - (1 - _share) * size), notQt = Rate((1 - _share) * size - logT);
            var p = Nearest(qc, qt, d);
            logs[i] = _logWeights[i] + cs * Math.Log(qc / p) + cf * Math.Log(notQc / (1 - p)) + ts * Math.Log(qt / (p + d)) + tf * Math.Log(notQt / (1 - p - d));
            largest = Math.Max(largest, logs[i]);
        }
        double sum = 0;
        foreach (var log in logs) sum += Math.Exp(log - largest);
        return new(largest + Math.Log(sum));
    }

    /// <summary>The control's rate p of the pair (p, p + d) nearest to (qc, qt): the root of a slope that rises through the whole range.</summary>
    private double Nearest(double qc, double qt, double d)
    {
        double low = Math.Max(0, -d), high = Math.Min(1, 1 - d);
        var p = Math.Clamp((1 - _share) * qc + _share * (qt - d), low + Edge / 4, high - Edge / 4);
        if (d == 0) return p;
        for (var i = 0; i < 60; i++)
        {
            double c = p * (1 - p), t = (p + d) * (1 - p - d);
            var slope = (1 - _share) * (p - qc) / c + _share * (p + d - qt) / t;
            if (slope > 0) high = p; else low = p;
            var bend = (1 - _share) * (qc / (p * p) + (1 - qc) / ((1 - p) * (1 - p))) + _share * (qt / ((p + d) * (p + d)) + (1 - qt) / ((1 - p - d) * (1 - p - d)));
            var next = p - slope / bend;
            if (!(next > low && next < high)) next = low + (high - low) / 2;
            if (Math.Abs(next - p) <= 1e-15) return next;
            p = next;
        }
        return p;
    }

    private static double Rate(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
