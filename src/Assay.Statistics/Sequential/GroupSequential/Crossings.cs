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

    /// <summary>The zero of a function between two points where its signs differ; each evaluation is dear.</summary>
    /// <remarks>T. R. Chandrupatla, Advances in Engineering Software 28 (1997) 145–149, doi:10.1016/S0965-9978(96)00051-8:
    /// inverse quadratic interpolation where it can be trusted, bisection elsewhere.</remarks>
    public static double Root(Func<double, double> function, double low, double high, double tolerance = 1e-14)
    {
        double a = low, b = high, fa = function(a), fb = function(b);
        // Signs that agree mean that rounding has moved a zero past an end.
        if (fa * fb >= 0) return Math.Abs(fa) < Math.Abs(fb) ? a : b;
        var t = 0.5;
        for (var i = 0; ; i++)
        {
            double x = a + t * (b - a), fx = function(x), c, fc;
            if (Math.Sign(fx) == Math.Sign(fa)) (c, fc) = (a, fa);
            else (c, fc, b, fb) = (b, fb, a, fa);
            (a, fa) = (x, fx);
            var best = Math.Abs(fa) < Math.Abs(fb) ? a : b;
            var least = (tolerance + 4e-16 * Math.Abs(best)) / Math.Abs(b - a);
            if (least > 0.5 || fa == 0 || i == 200) return best;
            double xi = (a - b) / (c - b), phi = (fa - fb) / (fc - fb);
            t = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
                ? fa / (fb - fa) * (fc / (fb - fc)) + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb))
                : 0.5;
            t = Math.Clamp(t, least, 1 - least);
        }
    }

    /// <summary>The zero of an increasing function, searched for from a start in steps that double; to 1e-11, on the scale of z.</summary>
    public static double RootNear(Func<double, double> function, double start, double step)
    {
        double from = start, to = start;
        if (function(start) < 0)
        {
            for (to += step; function(to) < 0; (from, to) = (to, to + step)) step *= 2;
            return Root(function, from, to, 1e-11);
        }
        for (from -= step; function(from) > 0; (from, to) = (from - step, from)) step *= 2;
        return Root(function, from, to, 1e-11);
    }
}
