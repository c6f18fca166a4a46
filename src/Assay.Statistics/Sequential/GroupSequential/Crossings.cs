using MathNet.Numerics.RootFinding;

namespace Assay.Statistics;

/// <summary>Chances to cross given bounds, and the search for bounds and drifts that give wanted chances.</summary>
internal static class Crossings
{
    /// <summary>P(first crosses the upper bound at look k), for each look, the lower bounds being none or given.</summary>
    public static double[] Upper(double[] times, double[] upper, double[]? lower, double drift) => Walk(times, upper, lower, drift).Upper;

    /// <summary>The same for both bounds.</summary>
    public static (double[] Upper, double[] Lower) Walk(double[] times, double[] upper, double[]? lower, double drift)
    {
        double[] up = new double[times.Length], down = new double[times.Length];
        var path = new CrossingPath(times, drift);
        for (var k = 0; k < times.Length; k++)
        {
            up[k] = path.Above(upper[k]);
            if (lower is not null) down[k] = path.Below(lower[k]);
            if (k + 1 < times.Length) path.Continue(lower?[k] ?? double.NegativeInfinity, upper[k]);
        }
        return (up, down);
    }

    /// <summary>Bounds that spend so much by each look.</summary>
    public static double[] Spending(double[] times, double[] cumulative)
    {
        var bounds = new double[times.Length];
        var path = new CrossingPath(times, 0);
        for (var k = 0; k < times.Length; k++)
        {
            bounds[k] = path.BoundAbove(cumulative[k] - (k == 0 ? 0 : cumulative[k - 1]));
            if (k + 1 < times.Length) path.Continue(double.NegativeInfinity, bounds[k]);
        }
        return bounds;
    }

    /// <summary>The zero of a monotone function between two points where its signs differ, to 1e-12.</summary>
    public static double Root(Func<double, double> function, double low, double high) => Brent.FindRoot(function, low, high, 1e-13, 200);

    /// <summary>The zero of an increasing function, searched for from a start in steps that double.</summary>
    public static double RootNear(Func<double, double> function, double start, double step)
    {
        double from = start, to = start;
        if (function(start) < 0)
        {
            for (to += step; function(to) < 0; (from, to) = (to, to + step)) step *= 2;
            return Root(function, from, to);
        }
        for (from -= step; function(from) > 0; (from, to) = (from - step, from)) step *= 2;
        return Root(function, from, to);
    }
}
