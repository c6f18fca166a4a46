namespace Assay.Statistics;

/// <summary>The score of a hypothesis about two proportions, in standard errors under that hypothesis.</summary>
internal static class DifferenceScore
{
    /// <summary>Of treatment − control = difference, which lies in (−1, 1); each arm has trials.</summary>
    /// <returns>Null where the hypothesis leaves no variance: at 0 without a success (or a failure) anywhere.</returns>
    public static double? At(in Proportion control, in Proportion treatment, double difference, bool isCorrected)
    {
        var (pc, pt) = ConstrainedRates.OfDifference(control, treatment, difference);
        return Of(control, treatment, treatment.Rate - control.Rate - difference, pc, pt, 1, isCorrected);
    }

    /// <summary>Of treatment = ratio × control, ratio positive; each arm has trials.</summary>
    public static double? AtRatio(in Proportion control, in Proportion treatment, double ratio, bool isCorrected = true)
    {
        var (pc, pt) = ConstrainedRates.OfRatio(control, treatment, ratio);
        return Of(control, treatment, treatment.Rate - ratio * control.Rate, pc, pt, ratio, isCorrected);
    }

    private static double? Of(in Proportion control, in Proportion treatment, double deviation, double pc, double pt, double factor, bool isCorrected)
    {
        double nc = control.Trials, nt = treatment.Trials, vc = factor * factor * pc * (1 - pc) / nc, vt = pt * (1 - pt) / nt, variance = vc + vt;
        // Where both rates are 0 (or 1) for certain nothing is left but rounding.
        if (!(variance > 1e-14 / Math.Max(nc, nt))) return null;
        var error = Math.Sqrt(variance);
        var score = deviation / error;
        return isCorrected ? SkewnessCorrection.Of(score, (vt * (1 - 2 * pt) / nt - factor * vc * (1 - 2 * pc) / nc) / (variance * error)) : score;
    }
}
