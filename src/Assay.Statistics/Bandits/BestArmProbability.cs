namespace Assay.Statistics;

/// <summary>P(arm k is the largest) for independent beta or normal beliefs, by quadrature: all arms share one grid, and their distribution
/// functions are integrated along with the densities, so the cost is one exponential per arm and node.</summary>
internal static class BestArmProbability
{
    // In standard deviations; the panels between hold eight Gauss–Legendre nodes each.
    private static readonly double[] Offsets = [0, 1, 2, 3, 4, 5.5, 7, 9.5, 13];

    /// <summary>Beta(a, b) beliefs, a and b of ½ or more. In θ = asin √p densities have no pole and nearly one width.</summary>
    public static double[] OfBetas(ReadOnlySpan<BetaPosterior> arms)
    {
        var edges = new List<double>();
        for (var i = 0; i <= 8; i++) edges.Add(Math.PI / 16 * i);
        var (powers, peaks) = (new (double Sin, double Cos)[arms.Length], new double[arms.Length]);
        for (var k = 0; k < arms.Length; k++)
        {
            double sin = 2 * arms[k].Alpha - 1, cos = 2 * arms[k].Beta - 1, mode = Math.Atan2(Math.Sqrt(sin), Math.Sqrt(cos));
            powers[k] = (sin, cos);
            peaks[k] = Times(sin, Math.Log(Math.Sin(mode))) + Times(cos, Math.Log(Math.Cos(mode)));
            if (sin + cos > 0) AddEdges(edges, mode, 1 / Math.Sqrt(2 * (sin + cos)), 0, Math.PI / 2);
        }
        return Integrate(arms.Length, edges, (x, densities) =>
        {
            double logSin = Math.Log(Math.Sin(x)), logCos = Math.Log(Math.Cos(x));
            for (var k = 0; k < powers.Length; k++) densities[k] = Math.Exp(powers[k].Sin * logSin + powers[k].Cos * logCos - peaks[k]);
        });
    }

    /// <summary>Normal beliefs with positive standard deviations.</summary>
    public static double[] OfNormals(double[] means, double[] deviations)
    {
        var edges = new List<double>();
        for (var k = 0; k < means.Length; k++) AddEdges(edges, means[k], deviations[k], double.NegativeInfinity, double.PositiveInfinity);
        return Integrate(means.Length, edges, (x, densities) =>
        {
            for (var k = 0; k < densities.Length; k++)
            {
                var z = (x - means[k]) / deviations[k];
                densities[k] = Math.Exp(-z * z / 2);
            }
        });
    }

    private static void AddEdges(List<double> edges, double centre, double deviation, double low, double high)
    {
        foreach (var offset in Offsets)
        {
            edges.Add(Math.Clamp(centre + offset * deviation, low, high));
            edges.Add(Math.Clamp(centre - offset * deviation, low, high));
        }
    }

    private static double[] Integrate(int arms, List<double> edges, Action<double, double[]> densities)
    {
        double[] ends = [.. edges.Distinct().Order()];
        const int nodes = EightNodes.Count;
        var panels = ends.Length - 1;
        var density = new double[panels * nodes][];
        var total = new double[arms];
        for (var p = 0; p < panels; p++)
        {
            double half = (ends[p + 1] - ends[p]) / 2, centre = ends[p] + half;
            for (var i = 0; i < nodes; i++)
            {
                densities(centre + half * EightNodes.Points[i], density[p * nodes + i] = new double[arms]);
                for (var k = 0; k < arms; k++) total[k] += half * EightNodes.Weights[i] * density[p * nodes + i][k];
            }
        }

        double[] best = new double[arms], before = new double[arms], up = new double[arms + 1], cdf = new double[arms];
        for (var p = 0; p < panels; p++)
        {
            var half = (ends[p + 1] - ends[p]) / 2;
            for (var i = 0; i < nodes; i++)
            {
                for (var k = 0; k < arms; k++)
                {
                    double part = 0;
                    for (var j = 0; j < nodes; j++) part += EightNodes.Cumulative[i, j] * density[p * nodes + j][k];
                    cdf[k] = Math.Clamp((before[k] + half * part) / total[k], 0, 1);
                }
                // Products of all others by prefixes and suffixes.
                up[arms] = 1;
                for (var k = arms - 1; k >= 0; k--) up[k] = up[k + 1] * cdf[k];
                double down = 1;
                for (var k = 0; k < arms; k++)
                {
                    best[k] += half * EightNodes.Weights[i] * density[p * nodes + i][k] / total[k] * down * up[k + 1];
                    down *= cdf[k];
                }
            }
            for (var k = 0; k < arms; k++)
                for (var i = 0; i < nodes; i++) before[k] += half * EightNodes.Weights[i] * density[p * nodes + i][k];
        }
        var sum = best.Sum();
        for (var k = 0; k < arms; k++) best[k] /= sum;
        return best;
    }

    private static double Times(double power, double log) => power == 0 ? 0 : power * log;
}
