namespace Assay.Statistics;

/// <summary>Two arms' clusters reduced to what sandwich errors of a difference of two weighted means, Σ sums / Σ weights, need of them.</summary>
/// <remarks>With e = sum − weight · mean a cluster's residual in an arm of weight W and h = weight / W its leverage there, all sums are over
/// clusters; a cluster that lies in both arms adds one term, in which its two residuals meet. A store can make these sums without giving
/// its rows away.</remarks>
public sealed record ClusterMoments
{
    /// <summary>Number of single values.</summary>
    public required long Values { get; init; }

    /// <summary>Clusters with values in either arm.</summary>
    public required int Clusters { get; init; }

    /// <summary>Clusters with weight in the control.</summary>
    public required int ControlClusters { get; init; }

    /// <summary>Clusters with weight in the treatment.</summary>
    public required int TreatmentClusters { get; init; }

    /// <summary>Σ weights of the control: its number of values, or a ratio's denominator; positive.</summary>
    public required double ControlWeight { get; init; }

    /// <summary>Σ sums / Σ weights of the control.</summary>
    public required double ControlMean { get; init; }

    /// <inheritdoc cref="ControlWeight"/>
    public required double TreatmentWeight { get; init; }

    /// <inheritdoc cref="ControlMean"/>
    public required double TreatmentMean { get; init; }

    /// <summary>Σ (e_T/W_T − e_C/W_C)².</summary>
    public required double PlainSquares { get; init; }

    /// <summary>The same with each residual divided by √(1 − h).</summary>
    public required double AdjustedSquares { get; init; }

    /// <summary>Σ (o − l): o = a_C + a_T with a = h / (W (1 − h)) is the cluster's own part of the working model's variance, l = Σ_arms h²/(W (1 − h)) what fitting the means takes.</summary>
    public required double Trace { get; init; }

    /// <summary>Σ (o² − 2 o l).</summary>
    public required double TraceOfSquares { get; init; }

    /// <summary>Σ h²/(1 − h) in the control.</summary>
    public required double ControlLeverage { get; init; }

    /// <summary>The same in the treatment.</summary>
    public required double TreatmentLeverage { get; init; }

    /// <summary>Σ h_C h_T / √((1 − h_C)(1 − h_T)): 0 when no cluster lies in both arms.</summary>
    public required double SharedLeverage { get; init; }

    /// <summary>From each cluster's weight and sum in each arm.</summary>
    /// <param name="controlWeights">One per cluster, 0 or more; 0 where the cluster has nothing in this arm.</param>
    /// <param name="controlSums">As many, finite.</param>
    /// <param name="treatmentWeights">As many, 0 or more.</param>
    /// <param name="treatmentSums">As many, finite.</param>
    /// <param name="values">Number of single values behind them.</param>
    /// <exception cref="ArgumentException">Lengths differ, a weight is negative, a number is not finite, or an arm has no weight.</exception>
    public static ClusterMoments FromTotals(
        ReadOnlySpan<double> controlWeights, ReadOnlySpan<double> controlSums, ReadOnlySpan<double> treatmentWeights, ReadOnlySpan<double> treatmentSums, long values)
    {
        Guard.SameLength(controlSums.Length, controlWeights.Length, nameof(controlSums));
        Guard.SameLength(treatmentWeights.Length, controlWeights.Length, nameof(treatmentWeights));
        Guard.SameLength(treatmentSums.Length, controlWeights.Length, nameof(treatmentSums));
        Arm control = Arm.Of(controlWeights, controlSums), treatment = Arm.Of(treatmentWeights, treatmentSums);
        double plain = 0, adjusted = 0, trace = 0, squares = 0, cc = 0, tt = 0, ct = 0;
        for (var g = 0; g < controlWeights.Length; g++)
        {
            double hc = controlWeights[g] / control.Weight, ht = treatmentWeights[g] / treatment.Weight;
            // A cluster that is all of its arm has no leverage left to divide by; such arms are refused for their few clusters.
            double kc = Math.Max(1 - hc, double.Epsilon), kt = Math.Max(1 - ht, double.Epsilon);
            double ec = (controlSums[g] - controlWeights[g] * control.Mean) / control.Weight, et = (treatmentSums[g] - treatmentWeights[g] * treatment.Mean) / treatment.Weight;
            var (sum, together) = (et - ec, et / Math.Sqrt(kt) - ec / Math.Sqrt(kc));
            plain += sum * sum;
            adjusted += together * together;
            double own = hc / kc / control.Weight + ht / kt / treatment.Weight, leverage = hc * hc / kc / control.Weight + ht * ht / kt / treatment.Weight;
            trace += own - leverage;
            squares += own * own - 2 * own * leverage;
            cc += hc * hc / kc;
            tt += ht * ht / kt;
            ct += hc * ht / Math.Sqrt(kc * kt);
        }
        return new ClusterMoments
        {
            Values = values,
            Clusters = controlWeights.Length,
            ControlClusters = control.Clusters,
            TreatmentClusters = treatment.Clusters,
            ControlWeight = control.Weight,
            ControlMean = control.Mean,
            TreatmentWeight = treatment.Weight,
            TreatmentMean = treatment.Mean,
            PlainSquares = plain,
            AdjustedSquares = adjusted,
            Trace = trace,
            TraceOfSquares = squares,
            ControlLeverage = cc,
            TreatmentLeverage = tt,
            SharedLeverage = ct,
        };
    }

    /// <summary>From arms whose clusters have one value of weight 1 each.</summary>
    /// <param name="control">At least 2 clusters.</param>
    /// <param name="treatment">At least 2 clusters.</param>
    /// <exception cref="ArgumentException">An arm has fewer than 2 clusters.</exception>
    public static ClusterMoments FromSingles(SampleMoments control, SampleMoments treatment)
    {
        if (control.N < 2 || treatment.N < 2) throw new ArgumentException($"each arm needs at least 2 clusters; there are {control.N} and {treatment.N}");
        double c = control.N, t = treatment.N;
        // Of each cluster: h = 1/n, its own part a = 1/(n (n − 1)), and l = a/n.
        double ac = 1 / (c * (c - 1)), at = 1 / (t * (t - 1));
        return new ClusterMoments
        {
            Values = control.N + treatment.N,
            Clusters = checked((int)(control.N + treatment.N)),
            ControlClusters = checked((int)control.N),
            TreatmentClusters = checked((int)treatment.N),
            ControlWeight = c,
            ControlMean = control.Mean,
            TreatmentWeight = t,
            TreatmentMean = treatment.Mean,
            PlainSquares = control.Variance * (c - 1) / (c * c) + treatment.Variance * (t - 1) / (t * t),
            AdjustedSquares = control.Variance / c + treatment.Variance / t,
            Trace = 1 / c + 1 / t,
            TraceOfSquares = c * ac * ac * (1 - 2 / c) + t * at * at * (1 - 2 / t),
            ControlLeverage = 1 / (c - 1),
            TreatmentLeverage = 1 / (t - 1),
            SharedLeverage = 0,
        };
    }

    private readonly record struct Arm(double Weight, double Mean, int Clusters)
    {
        public static Arm Of(ReadOnlySpan<double> weights, ReadOnlySpan<double> sums)
        {
            double weight = 0, sum = 0;
            var clusters = 0;
            for (var g = 0; g < weights.Length; g++)
            {
                if (!(weights[g] >= 0) || !double.IsFinite(weights[g])) throw new ArgumentException($"weight {g} is {weights[g]}; it must be 0 or more");
                if (!double.IsFinite(sums[g])) throw new ArgumentException($"sum {g} is {sums[g]}, not a finite number");
                weight += weights[g];
                sum += sums[g];
                if (weights[g] > 0) clusters++;
            }
            return weight > 0 ? new(weight, sum / weight, clusters) : throw new ArgumentException("an arm has no weight");
        }
    }
}
