using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Made-up data.</summary>
internal static class Draws
{
    public static double[] Normal(ref RandomStream random, int n, double mean, double sd)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = mean + sd * random.Normal();
        return values;
    }

    public static double[] LogNormal(ref RandomStream random, int n, double scale, double shift = 0)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = shift + Math.Exp(scale * random.Normal());
        return values;
    }

    public static double[] Uniform(ref RandomStream random, int n)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = random.Uniform();
        return values;
    }

    public static SampleMoments Moments(ref RandomStream random, int n, double mean, double sd) => SampleMoments.FromValues(Normal(ref random, n, mean, sd));

    public static JointMoments Joint(ref RandomStream random, int n, double correlation, double shift = 0)
    {
        double[] outcome = new double[n], before = new double[n];
        for (var i = 0; i < n; i++)
        {
            before[i] = random.Normal();
            outcome[i] = shift + correlation * before[i] + Math.Sqrt(1 - correlation * correlation) * random.Normal();
        }
        return JointMoments.FromColumns(outcome, before);
    }

    /// <summary>Strata with means of their own; units fall into them at random.</summary>
    public static Stratum[] Strata(ref RandomStream random, int n, int strata, double effect = 0)
    {
        var values = new List<double>[2, strata];
        for (var arm = 0; arm < 2; arm++)
        {
            for (var s = 0; s < strata; s++) values[arm, s] = [];
            for (var i = 0; i < n; i++)
            {
                var s = random.Below(strata);
                values[arm, s].Add(s + arm * effect + random.Normal());
            }
        }
        return [.. Enumerable.Range(0, strata).Select(s => new Stratum(SampleMoments.FromValues([.. values[0, s]]), SampleMoments.FromValues([.. values[1, s]])))];
    }

    /// <summary>Log-normal values of units with levels of their own; half the variance of the logarithm lies between units.</summary>
    public static (double[] Values, long[] Units) Clustered(ref RandomStream random, int units, int events, double shift = 0)
    {
        var values = new double[units * events];
        var ids = new long[values.Length];
        for (var u = 0; u < units; u++)
        {
            var level = random.Normal() * 0.7;
            for (var e = 0; e < events; e++) (values[u * events + e], ids[u * events + e]) = (shift + Math.Exp(level + 0.7 * random.Normal()), u);
        }
        return (values, ids);
    }

    /// <summary>Ones with the probability, else zeros.</summary>
    public static double[] Coins(ref RandomStream random, int n, double probability)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = random.Uniform() < probability ? 1 : 0;
        return values;
    }

    /// <summary>Costs and requests per unit, then both from before, when the unit had the same level.</summary>
    public static JointMoments PriorRatio(ref RandomStream random, int n, double shift = 0)
    {
        double[][] columns = [new double[n], new double[n], new double[n], new double[n]];
        for (var i = 0; i < n; i++)
        {
            var level = 0.4 * random.Normal();
            for (var period = 0; period < 2; period++)
            {
                var requests = 1 + random.Binomial(4, 0.3);
                columns[2 * period + 1][i] = requests;
                columns[2 * period][i] = requests * ((period == 0 ? shift : 0) + Math.Exp(level + 0.2 * random.Normal()));
            }
        }
        return JointMoments.FromColumns(columns);
    }

    /// <summary>Requests per unit: one or more, or with least 0 a quarter of the units with one; costs log-normal, shared by the unit.</summary>
    public static RatioMoments Ratio(ref RandomStream random, int n, int least, double shift = 0)
    {
        double[] numerator = new double[n], denominator = new double[n];
        for (var i = 0; i < n; i++)
        {
            denominator[i] = least == 0 ? random.Uniform() < 0.25 ? 1 : 0 : 1 + random.Binomial(4, 0.3);
            numerator[i] = Math.Exp(0.4 * random.Normal()) * (least == 0 ? 1 : denominator[i]) + shift * denominator[i];
        }
        return RatioMoments.FromValues(numerator, denominator);
    }
}
