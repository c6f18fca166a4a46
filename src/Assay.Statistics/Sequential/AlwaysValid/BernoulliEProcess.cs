namespace Assay.Statistics;

/// <summary>E-values for the difference of two rates that are exact at any sample size and may be looked at all the time.</summary>
/// <remarks>
/// Units are assigned at random with a known share, and each has an outcome of 0 or 1. For rates q_c and q_t fixed before data and
/// q_0 = (1 − share) q_c + share · q_t, the product over units of q_arm(outcome) / q_0(outcome) has expectation 1 at every time if the arms do not differ,
/// whatever their common rate is: nothing is asymptotic and nothing is estimated. The value is a fixed mixture over the size of the effect, so it
/// depends only on the counts. One-sided, it holds for every treatment rate on the other side of the control's.
/// P. Grünwald, R. de Heide, W. M. Koolen, JRSS B 86 (2024) 1091–1128, doi:10.1093/jrsssb/qkae011; R. J. Turner, A. Ly,
/// P. D. Grünwald, Generic E-variables for exact sequential k-sample tests, arXiv:2106.02693.
/// </remarks>
public sealed class BernoulliEProcess
{
    private const int StepsPerOctave = 4, OctavesBelow = 10, OctavesAbove = 3;
    private readonly Point[] _points;

    /// <param name="baseline">The rate that one expects, in (0, 1). A wrong one costs power, not validity.</param>
    /// <param name="effect">The absolute difference that one cares about, positive; effects from a thousandth to eight times as large are mixed in, this one with the largest weight.</param>
    /// <param name="treatmentShare">Of the units of these two arms, the share assigned to the treatment, in (0, 1): the weights, not the counts.</param>
    /// <param name="alternative">Greater: evidence that the treatment's rate is above the control's. Less: below.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public BernoulliEProcess(double baseline, double effect, double treatmentShare = 0.5, Alternative alternative = Alternative.TwoSided)
    {
        Guard.Probability(baseline);
        Guard.Positive(effect);
        Guard.Probability(treatmentShare);
        if (alternative is < Alternative.TwoSided or > Alternative.Less) throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "unknown alternative");
        // The odds ratio's logarithm; beyond 30 rates would round to 0 or 1.
        var centre = Math.Min(effect / (baseline * (1 - baseline)), 30 / Math.Pow(2, OctavesAbove));
        var points = new List<Point>();
        for (var step = -OctavesBelow * StepsPerOctave; step <= OctavesAbove * StepsPerOctave; step++)
        {
            var octaves = (double)step / StepsPerOctave;
            double size = centre * Math.Pow(2, octaves), logWeight = -Math.Log(1 + octaves * octaves);
            if (alternative != Alternative.Less) points.Add(Point.Of(baseline, size, treatmentShare, logWeight));
            if (alternative != Alternative.Greater) points.Add(Point.Of(baseline, -size, treatmentShare, logWeight));
        }
        var total = Math.Log(points.Sum(p => Math.Exp(p.LogWeight)));
        _points = [.. points.Select(p => p with { LogWeight = p.LogWeight - total })];
    }

    /// <summary>The e-value of all units so far.</summary>
    /// <param name="control">Successes among all units of the control so far; may be empty.</param>
    /// <param name="treatment">The same for the treatment.</param>
    /// <returns>1 without data. Valid at any time and for any rule of stopping.</returns>
    public EValue Of(Proportion control, Proportion treatment)
    {
        double cs = control.Successes, cf = control.Trials - control.Successes, ts = treatment.Successes, tf = treatment.Trials - treatment.Successes;
        Span<double> logs = stackalloc double[_points.Length];
        var largest = double.NegativeInfinity;
        for (var i = 0; i < logs.Length; i++)
        {
            var p = _points[i];
            logs[i] = p.LogWeight + cs * p.ControlSuccess + cf * p.ControlFailure + ts * p.TreatmentSuccess + tf * p.TreatmentFailure;
            largest = Math.Max(largest, logs[i]);
        }
        double sum = 0;
        foreach (var log in logs) sum += Math.Exp(log - largest);
        return new(largest + Math.Log(sum));
    }

    /// <summary>Log ratios of one unit's outcome under one alternative.</summary>
    private readonly record struct Point(double LogWeight, double ControlSuccess, double ControlFailure, double TreatmentSuccess, double TreatmentFailure)
    {
        public static Point Of(double baseline, double logOddsRatio, double share, double logWeight)
        {
            var middle = Math.Log(baseline / (1 - baseline));
            double lower = middle - share * logOddsRatio, upper = middle + (1 - share) * logOddsRatio;
            double c = Rate(lower), notC = Rate(-lower), t = Rate(upper), notT = Rate(-upper);
            double any = (1 - share) * c + share * t, none = (1 - share) * notC + share * notT;
            return new(logWeight, Math.Log(c / any), Math.Log(notC / none), Math.Log(t / any), Math.Log(notT / none));
        }

        private static double Rate(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
    }
}
