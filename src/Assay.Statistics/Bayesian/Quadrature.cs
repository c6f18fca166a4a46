namespace Assay.Statistics;

/// <summary>Gauss–Legendre in panels of half the narrowest distribution's standard deviation.</summary>
internal static class Quadrature
{
    private const int MostPanels = 4000;

    // Ten points a panel, five pairs.
    private static readonly double[] Nodes = [0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717];
    private static readonly double[] Weights = [0.2955242247147529, 0.2692667193099963, 0.2190863625159820, 0.1494513491505806, 0.0666713443086881];

    public static double Integrate((double Low, double High, double Width) range, Func<double, double> function)
    {
        var panels = (int)Math.Clamp((range.High - range.Low) / (range.Width / 2), 20, MostPanels);
        double half = (range.High - range.Low) / panels / 2, sum = 0;
        for (var p = 0; p < panels; p++)
        {
            var centre = range.Low + (2 * p + 1) * half;
            for (var i = 0; i < Nodes.Length; i++) sum += Weights[i] * (function(centre - half * Nodes[i]) + function(centre + half * Nodes[i]));
        }
        return sum * half;
    }
}
