using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>The standard normal distribution, with tails that stay accurate where 1 − Φ(z) would round to 0.</summary>
public static class StandardNormal
{
    /// <summary>P(Z ≤ z).</summary>
    /// <param name="z">Any number; infinities give 0 and 1.</param>
    public static double Cdf(double z) => UpperTail(-z);

    /// <summary>P(Z &gt; z); relative error below 1e-13 down to the smallest double.</summary>
    /// <param name="z">Any number; infinities give 1 and 0.</param>
    public static double UpperTail(double z) => 0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2);

    /// <summary>P(|Z| ≥ |z|), the two-sided p-value of z.</summary>
    /// <param name="z">Any number.</param>
    public static double TwoSidedTail(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    /// <summary>The z with P(Z ≤ z) = <paramref name="probability"/>.</summary>
    /// <param name="probability">In (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">probability is outside (0, 1) or NaN.</exception>
    public static double Quantile(double probability)
    {
        Guard.Probability(probability);
        return -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * probability);
    }

    /// <summary>The z that a two-sided test at <paramref name="alpha"/> must exceed: 1.96 at .05.</summary>
    /// <param name="alpha">Two-sided significance level, a probability in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static double Critical(double alpha)
    {
        Guard.Probability(alpha);
        return Constants.Sqrt2 * SpecialFunctions.ErfcInv(alpha);
    }
}
