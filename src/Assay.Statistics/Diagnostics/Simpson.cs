namespace Assay.Statistics;

/// <summary>Simpson's reversal: one arm wins in every segment and the other wins overall, because the arms hold different mixes of segments.</summary>
public static class Simpson
{
    /// <summary>Compares the aggregate winner with the winners within segments.</summary>
    /// <param name="segments">Each unit in one of them; segments without units are passed over.</param>
    /// <returns>The check; not estimable when an arm has no units at all, or a ratio no denominator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or a mean of an arm with units is not finite.</exception>
    /// <remarks>A description, not a test: the differences' errors play no part. E. H. Simpson, Journal of the Royal Statistical Society B 13
    /// (1951) 238–241, doi:10.1111/j.2517-6161.1951.tb00088.x.</remarks>
    public static Estimated<SimpsonCheck> Check(ReadOnlySpan<SegmentArms> segments)
    {
        long controlUnits = 0, treatmentUnits = 0;
        foreach (var segment in segments)
        {
            Check(segment.ControlUnits, segment.ControlMean, segment.ControlDenominator);
            Check(segment.TreatmentUnits, segment.TreatmentMean, segment.TreatmentDenominator);
            (controlUnits, treatmentUnits) = (controlUnits + segment.ControlUnits, treatmentUnits + segment.TreatmentUnits);
        }
        if (controlUnits == 0 || treatmentUnits == 0) return new NotEstimable($"each arm needs units; there are {controlUnits} and {treatmentUnits}");

        double all = controlUnits + treatmentUnits;
        var within = new double?[segments.Length];
        double[] controlMix = new double[segments.Length], treatmentMix = new double[segments.Length];
        Sums control = default, treatment = default, controlStandard = default, treatmentStandard = default;
        var isCovered = true;
        for (var i = 0; i < segments.Length; i++)
        {
            var s = segments[i];
            (controlMix[i], treatmentMix[i]) = (s.ControlUnits / (double)controlUnits, s.TreatmentUnits / (double)treatmentUnits);
            control = control.Plus(controlMix[i], s.ControlUnits, s.ControlMean, s.ControlDenominator);
            treatment = treatment.Plus(treatmentMix[i], s.TreatmentUnits, s.TreatmentMean, s.TreatmentDenominator);
            var share = (s.ControlUnits + s.TreatmentUnits) / all;
            controlStandard = controlStandard.Plus(share, s.ControlUnits, s.ControlMean, s.ControlDenominator);
            treatmentStandard = treatmentStandard.Plus(share, s.TreatmentUnits, s.TreatmentMean, s.TreatmentDenominator);
            if (share > 0 && (s.ControlUnits == 0 || s.TreatmentUnits == 0)) isCovered = false;
            else if (share > 0 && s.ControlDenominator != 0 && s.TreatmentDenominator != 0)
                within[i] = s.TreatmentMean / s.TreatmentDenominator - s.ControlMean / s.ControlDenominator;
        }
        if (control.Denominator == 0 || treatment.Denominator == 0) return new NotEstimable("an arm's denominator is 0, so it has no ratio");
        var aggregate = treatment.Ratio - control.Ratio;
        double? standardised = isCovered && controlStandard.Denominator != 0 && treatmentStandard.Denominator != 0 ? treatmentStandard.Ratio - controlStandard.Ratio : null;
        return new SimpsonCheck(aggregate, within, standardised, IsReversed(aggregate, within), controlMix, treatmentMix, MixPValue(segments));
    }

    private static bool IsReversed(double aggregate, double?[] within)
    {
        var compared = 0;
        foreach (var difference in within)
        {
            if (difference is not { } d) continue;
            if (d * aggregate >= 0) return false;
            compared++;
        }
        return compared >= 2;
    }

    private static Estimated<double> MixPValue(ReadOnlySpan<SegmentArms> segments)
    {
        var table = new long[2, segments.Length];
        for (var i = 0; i < segments.Length; i++) (table[0, i], table[1, i]) = (segments[i].ControlUnits, segments[i].TreatmentUnits);
        return AssignmentChecks.Independence(table).Map(test => test.PValue);
    }

    private static void Check(long units, double mean, double denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        if (units == 0) return;
        Guard.Finite(mean);
        Guard.Finite(denominator);
    }

    private readonly record struct Sums(double Numerator, double Denominator)
    {
        public double Ratio => Numerator / Denominator;

        public Sums Plus(double weight, long units, double mean, double denominator) =>
            units == 0 || weight == 0 ? this : new(Numerator + weight * mean, Denominator + weight * denominator);
    }
}
