using MathNet.Numerics;

namespace Assay.Statistics;

/// <summary>A beta distribution of a proportion: what is believed of it before or after data.</summary>
public readonly record struct BetaPosterior
{
    /// <param name="alpha">Positive; 1 with <paramref name="beta"/> 1 is the flat prior.</param>
    /// <param name="beta">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not positive and finite.</exception>
    public BetaPosterior(double alpha, double beta)
    {
        Guard.Positive(alpha);
        Guard.Positive(beta);
        (Alpha, Beta) = (alpha, beta);
    }

    public double Alpha { get; }

    public double Beta { get; }

    /// <summary>Mean of the distribution.</summary>
    public double Mean => Alpha / (Alpha + Beta);

    internal double StandardDeviation => Math.Sqrt(Alpha * Beta / (Alpha + Beta + 1)) / (Alpha + Beta);

    /// <summary>What is believed after an arm's successes and failures.</summary>
    /// <param name="arm">May be empty.</param>
    public BetaPosterior After(Proportion arm) => new(Alpha + arm.Successes, Beta + (arm.Trials - arm.Successes));

    /// <summary>P(proportion ≤ x).</summary>
    /// <param name="x">Any number; below 0 and above 1 the answers are 0 and 1.</param>
    public double Cdf(double x)
    {
        if (!(x > 0)) return 0;
        if (x >= 1) return 1;
        double a = Alpha, b = Beta;
        var front = Math.Exp(LogFront(x));
        return x < (a + 1) / (a + b + 2)
            ? Math.Clamp(front * BetaFraction.Evaluate(a, b, x) / a, 0, 1)
            : Math.Clamp(1 - front * BetaFraction.Evaluate(b, a, 1 - x) / b, 0, 1);
    }

    /// <summary>The central interval that holds the proportion with probability 1 − alpha.</summary>
    /// <param name="alpha">A probability in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1).</exception>
    public Interval CredibleInterval(double alpha)
    {
        Guard.Probability(alpha);
        return new Interval(Quantile(alpha / 2), Quantile(1 - alpha / 2));
    }

    internal double Density(double x) => x is <= 0 or >= 1 ? 0 : Math.Exp(LogFront(x)) / (x * (1 - x));

    private double Quantile(double probability)
    {
        double low = 0, high = 1;
        for (var i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            var middle = low + (high - low) / 2;
            if (Cdf(middle) < probability) low = middle; else high = middle;
        }
        return low + (high - low) / 2;
    }

    // log of x^a (1 − x)^b / B(a, b), as a deviance from the mean plus Stirling remainders: log-gammas of millions would cancel.
    private double LogFront(double x)
    {
        double a = Alpha, b = Beta, n = a + b;
        if (a < 10 || b < 10) return a * Math.Log(x) + b * LogOneMinus(x) + SpecialFunctions.GammaLn(n) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(b);
        double gap = x - a / n;
        return a * LogOnePlus(gap * n / a) + b * LogOnePlus(-gap * n / b) + 0.5 * Math.Log(a * (b / n) / (2 * Math.PI)) + Remainder(n) - Remainder(a) - Remainder(b);
    }

    private static double LogOneMinus(double x) => LogOnePlus(-x);

    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : sum <= 0 ? double.NegativeInfinity : Math.Log(sum) * (x / (sum - 1));
    }

    // log Γ(x) − Stirling's formula, x of 10 or more.
    private static double Remainder(double x)
    {
        double u = 1 / x, square = u * u;
        return u * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188 - square * (691.0 / 360360))))));
    }
}
