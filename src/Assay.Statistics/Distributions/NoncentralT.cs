namespace Assay.Statistics;

/// <summary>The noncentral t distribution, by averaging the normal tail over the distribution of the sample's standard deviation.</summary>
internal static class NoncentralT
{
    // Weights below e^-45 of the largest cannot show in a double.
    private const double Depth = 45;

    /// <summary>P(T &gt; t) for T = (Z + noncentrality) / √(χ²_ν / ν); absolute error about 1e-13.</summary>
    public static double UpperTail(double t, double degreesOfFreedom, double noncentrality)
    {
        // With s = √(χ²/ν) = e^u the density of u is proportional to exp(ν(u − e^{2u}/2)): analytic, peaked at 0 and falling to both
        // sides, where the trapezoid rule converges exponentially; normalising by the same rule spares the gamma function.
        double low = Edge(degreesOfFreedom, -1), high = Edge(degreesOfFreedom, 1), step;
        // With few degrees of freedom the weights reach far to the left, and the normal tail turns within a small part of that.
        var nodes = degreesOfFreedom < 100 ? 2000 : 300;
        step = (high - low) / nodes;
        double sum = 0, weights = 0;
        for (var i = 0; i <= nodes; i++)
        {
            var u = low + i * step;
            var weight = Math.Exp(LogWeight(u, degreesOfFreedom));
            weights += weight;
            sum += weight * StandardNormal.UpperTail(t * Math.Exp(u) - noncentrality);
        }
        return sum / weights;
    }

    private static double LogWeight(double u, double degreesOfFreedom)
    {
        if (Math.Abs(u) > 0.1) return degreesOfFreedom * (u - (Math.Exp(2 * u) - 1) / 2);
        // −Σ (2u)^k / (2 k!) from k = 2: at millions of degrees of freedom u is tiny, and the difference above would lose its digits.
        double term = u, sum = 0;
        for (var k = 2; k < 16; k++)
        {
            term *= 2 * u / k;
            sum += term;
        }
        return -degreesOfFreedom * sum;
    }

    private static double Edge(double degreesOfFreedom, int side)
    {
        double inner = 0, outer = side / Math.Sqrt(degreesOfFreedom);
        while (LogWeight(outer, degreesOfFreedom) > -Depth) (inner, outer) = (outer, 2 * outer);
        for (var i = 0; i < 20; i++)
        {
            var middle = (inner + outer) / 2;
            if (LogWeight(middle, degreesOfFreedom) > -Depth) inner = middle; else outer = middle;
        }
        return outer;
    }
}
