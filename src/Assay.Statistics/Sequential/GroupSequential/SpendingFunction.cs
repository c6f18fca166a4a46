namespace Assay.Statistics;

/// <summary>How much of an error probability may have been spent when a share of the information is there.</summary>
/// <remarks>Increasing from 0 at no information to all at information fraction 1, so looks need not be where they were planned:
/// K. K. G. Lan, D. L. DeMets, Biometrika 70 (1983) 659–663, doi:10.1093/biomet/70.3.659.</remarks>
public sealed class SpendingFunction
{
    private readonly Func<double, double, double> _spent;

    private SpendingFunction(string name, double? parameter, Func<double, double, double> spent) => (Name, Parameter, _spent) = (name, parameter, spent);

    /// <summary>Next to nothing early, nearly a fixed test at the end: 2 − 2Φ(z₁₋a⁄₂ / √t), a being the total.</summary>
    public static SpendingFunction OBrienFleming { get; } = new("obrien-fleming", null,
        (t, total) => StandardNormal.TwoSidedTail(StandardNormal.Critical(total) / Math.Sqrt(t)));

    /// <summary>About the same at every look: a ln(1 + (e − 1)t).</summary>
    public static SpendingFunction Pocock { get; } = new("pocock", null, (t, total) => total * Math.Log(1 + (Math.E - 1) * t));

    /// <summary>As in definitions: obrien-fleming, pocock, hwang-shih-decani, kim-demets, custom.</summary>
    public string Name { get; }

    /// <summary>Gamma or the exponent; null where there is none.</summary>
    public double? Parameter { get; }

    /// <summary>a(1 − e^(−γt)) / (1 − e^(−γ)), and a·t at γ = 0.</summary>
    /// <param name="gamma">−4 is close to O'Brien–Fleming, 1 to Pocock; finite, from −700 to 700.</param>
    /// <exception cref="ArgumentOutOfRangeException">gamma is outside its range.</exception>
    /// <remarks>I. K. Hwang, W. J. Shih, J. S. DeCani, Statistics in Medicine 9 (1990) 1439–1445, doi:10.1002/sim.4780091207.</remarks>
    public static SpendingFunction HwangShihDeCani(double gamma)
    {
        if (!(Math.Abs(gamma) <= 700)) throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "must lie between -700 and 700");
        return new("hwang-shih-decani", gamma, (t, total) => gamma == 0 ? total * t
            : total * (NearOne.Expm1(-gamma * t) / NearOne.Expm1(-gamma)));
    }

    /// <summary>a·t^ρ, the power family.</summary>
    /// <param name="exponent">ρ; positive. 1 is close to Pocock, 3 to O'Brien–Fleming.</param>
    /// <exception cref="ArgumentOutOfRangeException">exponent is not positive and finite.</exception>
    /// <remarks>K. Kim, D. L. DeMets, Biometrika 74 (1987) 149–154, doi:10.1093/biomet/74.1.149.</remarks>
    public static SpendingFunction KimDeMets(double exponent)
    {
        Guard.Positive(exponent);
        return new("kim-demets", exponent, (t, total) => total * Math.Pow(t, exponent));
    }

    /// <summary>Given points, joined by straight lines, from (0, 0) to (1, 1).</summary>
    /// <param name="fractions">Information fractions in (0, 1], strictly ascending; may end before 1.</param>
    /// <param name="shares">As many shares of the total in [0, 1], never descending; 1 at fraction 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is out of order or range.</exception>
    public static SpendingFunction Custom(ReadOnlySpan<double> fractions, ReadOnlySpan<double> shares)
    {
        Guard.SameLength(shares.Length, fractions.Length, nameof(shares));
        for (var i = 0; i < fractions.Length; i++)
        {
            if (!(fractions[i] > (i == 0 ? 0 : fractions[i - 1]) && fractions[i] <= 1)) throw new ArgumentOutOfRangeException(nameof(fractions), fractions[i], "must ascend from above 0 to at most 1");
            if (!(shares[i] >= (i == 0 ? 0 : shares[i - 1]) && shares[i] <= 1)) throw new ArgumentOutOfRangeException(nameof(shares), shares[i], "must not descend and lie between 0 and 1");
            if (fractions[i] == 1 && shares[i] != 1) throw new ArgumentOutOfRangeException(nameof(shares), shares[i], "must be 1 at fraction 1");
        }
        double[] x = [0, .. fractions, 1], y = [0, .. shares, 1];
        return new("custom", null, (t, total) =>
        {
            var i = 1;
            while (x[i] < t) i++;
            // Through y[i] exactly at its own point: no rounding decides how much is spent at a planned look.
            return total * (t == x[i] ? y[i] : y[i - 1] + (y[i] - y[i - 1]) * (t - x[i - 1]) / (x[i] - x[i - 1]));
        });
    }

    /// <summary>How much may be spent by then.</summary>
    /// <param name="fraction">Information fraction, 0 or more; from 1 on everything is spent.</param>
    /// <param name="total">The whole: alpha of one side, or beta; a probability in (0, 1).</param>
    /// <returns>From 0 to <paramref name="total"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double Spent(double fraction, double total)
    {
        Guard.NonNegative(fraction);
        Guard.Probability(total);
        return fraction >= 1 ? total : fraction == 0 ? 0 : Math.Clamp(_spent(fraction, total), 0, total);
    }
}
