namespace Assay.Statistics;

/// <summary>From a statistic to p-value and interval for each alternative; infinite degrees of freedom mean the normal distribution.</summary>
internal static class Tails
{
    public static double PValue(double statistic, double degreesOfFreedom, Alternative alternative) => alternative switch
    {
        Alternative.TwoSided => Math.Min(1, 2 * Upper(Math.Abs(statistic), degreesOfFreedom)),
        Alternative.Greater => Upper(statistic, degreesOfFreedom),
        Alternative.Less => Upper(-statistic, degreesOfFreedom),
        _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "unknown alternative"),
    };

    public static Interval Interval(double estimate, double standardError, double degreesOfFreedom, double alpha, Alternative alternative)
    {
        var half = Critical(alternative == Alternative.TwoSided ? alpha / 2 : alpha, degreesOfFreedom) * standardError;
        return alternative switch
        {
            Alternative.TwoSided => new(estimate - half, estimate + half),
            Alternative.Greater => new(estimate - half, double.PositiveInfinity),
            _ => new(double.NegativeInfinity, estimate + half),
        };
    }

    /// <summary>The value exceeded with probability <paramref name="tail"/>.</summary>
    public static double Critical(double tail, double degreesOfFreedom) =>
        double.IsPositiveInfinity(degreesOfFreedom) ? -StandardNormal.Quantile(tail) : StudentTDistribution.UpperQuantile(tail, degreesOfFreedom);

    private static double Upper(double statistic, double degreesOfFreedom) =>
        double.IsPositiveInfinity(degreesOfFreedom) ? StandardNormal.UpperTail(statistic) : StudentTDistribution.UpperTail(statistic, degreesOfFreedom);
}
