namespace Assay.Statistics;

/// <summary>Interval of a difference from the intervals of its two independent parts, which need not be symmetric.</summary>
/// <remarks>"Method of variance estimates recovery": G. Y. Zou, A. Donner, Statistics in Medicine 27 (2008) 1693–1702,
/// doi:10.1002/sim.3095. With Wilson's intervals it is Newcombe's method 10.</remarks>
internal static class Mover
{
    public static Interval Difference(double control, Interval controlInterval, double treatment, Interval treatmentInterval)
    {
        var difference = treatment - control;
        return new Interval(
            difference - Length(treatment - treatmentInterval.Low, controlInterval.High - control),
            difference + Length(treatmentInterval.High - treatment, control - controlInterval.Low));
    }

    private static double Length(double x, double y) => Math.Sqrt(x * x + y * y);
}
