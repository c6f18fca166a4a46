namespace Assay.Statistics;

/// <summary>From coefficients to the adjusted difference and its lift.</summary>
internal static class CupedConclusion
{
    public static Estimated<CupedComparison> Of(
        JointMoments control, JointMoments treatment, double[] theta, int[] dropped, double alpha, Alternative alternative, bool balanced, bool thetaIsKnown = true)
    {
        double varianceC = Residual(control, theta, 1), varianceT = Residual(treatment, theta, 1);
        var difference = treatment.Mean(0) - control.Mean(0);
        for (var i = 0; i < theta.Length; i++) difference -= theta[i] * (treatment.Mean(i + 1) - control.Mean(i + 1));

        var unadjusted = control.Covariance(0, 0) / control.N + treatment.Covariance(0, 0) / treatment.N;
        var variance = varianceC / control.N + varianceT / treatment.N;
        if (unadjusted == 0) return new NotEstimable("neither arm has any variance, so there is no error to judge the difference by");
        if (!(variance > 1e-12 * unadjusted)) return new NotEstimable("the covariates determine the outcome, so nothing is left to judge the difference by");
        var degreesOfFreedom = WelchT.DegreesOfFreedom(new(control.N, 0, varianceC), new(treatment.N, 0, varianceT));
        var estimated = EstimatedTheta.None;
        if (!thetaIsKnown)
        {
            estimated = EstimatedTheta.Of(control, treatment, theta.Length - dropped.Length, varianceC, varianceT);
            if (!(estimated.Factor > 0)) return new NotEstimable($"{control.N + treatment.N} units leave nothing to judge the difference by, once {theta.Length - dropped.Length} coefficients are estimated from them");
            variance = variance * estimated.Factor + estimated.Imbalance;
            degreesOfFreedom /= estimated.Factor;
        }
        var adjusted = TwoMeans.Conclude(difference, Math.Sqrt(variance), degreesOfFreedom, alpha, alternative);
        if (!adjusted.IsEstimable) return new NotEstimable(adjusted.Reason!);

        // d(lift)/d(control's mean): for means where the covariates balance, for ratios at the adjusted difference itself.
        var mean = control.Mean(0);
        var relative = mean == 0 ? 0 : (balanced ? treatment.Mean(0) : mean + difference) / mean;
        var liftVariance = (varianceT / treatment.N + Residual(control, theta, relative) / control.N) * estimated.Factor + estimated.Imbalance;
        return new CupedComparison(
            theta, dropped, mean, treatment.Mean(0), adjusted.Value, 1 - variance / unadjusted,
            Lift(difference, mean, Math.Sqrt(liftVariance), degreesOfFreedom, alpha, alternative));
    }

    /// <summary>Relative difference with the standard error of (difference's part) already in the outcome's unit.</summary>
    public static Estimated<LiftComparison> Lift(
        double difference, double controlMean, double standardError, double degreesOfFreedom, double alpha, Alternative alternative)
    {
        if (controlMean == 0) return new NotEstimable("the control is 0, so nothing can be said relative to it");
        double lift = difference / Math.Abs(controlMean), error = standardError / Math.Abs(controlMean);
        if (!double.IsFinite(lift) || !double.IsFinite(error) || error == 0) return new NotEstimable("the control is too close to 0 for a relative difference");
        return new LiftComparison(
            lift, error, Tails.PValue(lift / error, degreesOfFreedom, alternative), Tails.Interval(lift, error, degreesOfFreedom, alpha, alternative));
    }

    // Variance per unit of scale · y − θ'x.
    private static double Residual(JointMoments m, double[] theta, double scale)
    {
        var sum = scale * scale * m.Covariance(0, 0);
        for (var i = 0; i < theta.Length; i++)
        {
            sum -= 2 * scale * theta[i] * m.Covariance(0, i + 1);
            for (var j = 0; j < theta.Length; j++) sum += theta[i] * theta[j] * m.Covariance(i + 1, j + 1);
        }
        return Math.Max(0, sum);
    }
}
