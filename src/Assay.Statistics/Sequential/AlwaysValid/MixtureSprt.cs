namespace Assay.Statistics;

/// <summary>Mixture sequential probability ratio test: a normal mixture over effects, whose variance is fixed before data.</summary>
/// <remarks>Λ = √(V / (V + τ²)) exp(τ² d² / (2V(V + τ²))), V = SE²; p = 1 / Λ. Exact for normal data of known variance, asymptotic otherwise.
/// R. Johari, P. Koomen, L. Pekelis, D. Walsh, Operations Research 70 (2022) 1806–1821, doi:10.1287/opre.2021.2135.</remarks>
public static class MixtureSprt
{
    /// <summary>Always valid p-value and interval of an estimate.</summary>
    /// <param name="estimate">The effect; finite.</param>
    /// <param name="standardError">Its standard error now; positive.</param>
    /// <param name="mixingVariance">τ², the variance of the effects that one expects, in the metric's unit squared; positive; fixed before data.</param>
    /// <param name="alpha">Over all times and both sides; a probability in (0, 1).</param>
    /// <returns>The estimate with its interval and its p-value against 0; report the smallest p-value seen so far.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static AlwaysValidEstimate Around(double estimate, double standardError, double mixingVariance, double alpha = 0.05)
    {
        Guard.Finite(estimate);
        Guard.Positive(standardError);
        Guard.Positive(mixingVariance);
        Guard.Probability(alpha);
        double ratio = mixingVariance / standardError / standardError, z = estimate / standardError;
        // Errors that are nothing beside the mixture, or the reverse, leave the double range before the answer does.
        var log = double.IsInfinity(ratio) ? Math.Log(mixingVariance) - 2 * Math.Log(standardError) : NearOne.Log1p(ratio);
        var half = standardError * Math.Sqrt((1 + 1 / ratio) * (log - 2 * Math.Log(alpha)));
        var p = Math.Min(1, Math.Exp(0.5 * log - Math.Min(double.MaxValue, z * z / 2) / (1 + 1 / ratio)));
        return new(estimate, standardError, new(estimate - half, estimate + half), p);
    }

    /// <summary>The mixing variance for which the interval is narrowest when the standard error has fallen to a planned value.</summary>
    /// <param name="plannedStandardError">Standard error expected at the planned sample; positive.</param>
    /// <param name="alpha">A probability in (0, 1).</param>
    /// <returns>τ², positive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double MixingVarianceFor(double plannedStandardError, double alpha = 0.05)
    {
        Guard.Positive(plannedStandardError);
        Guard.Probability(alpha);
        return plannedStandardError * plannedStandardError * AsymptoticConfidenceSequence.Mixing(alpha, 1, Alternative.TwoSided);
    }
}
