using Assay.Statistics;

namespace Assay.Calibration;

/// <summary>Reads outcomes off results, at level .05. What is not estimable rejects nothing and has no interval.</summary>
internal static class Outcomes
{
    public static Outcome Of(Estimated<MeanComparison> result, double truth) => result.IsEstimable ? Of(result.Value, truth) : new(false);

    /// <summary>The test is of no difference: to reject is an error at a truth of 0, and power elsewhere.</summary>
    public static Outcome Of(MeanComparison c, double truth) => new(c.PValue <= 0.05, c.Interval.Contains(truth));

    public static Outcome P(Estimated<double> pValue) => new(pValue is { IsEstimable: true, Value: <= 0.05 });

    /// <summary>An interval without a test: to miss the truth is its error.</summary>
    public static Outcome Interval(Estimated<Interval> interval, double truth) => interval.IsEstimable ? Interval(interval.Value, truth) : new(false);

    public static Outcome Interval(Interval interval, double truth) => new(!interval.Contains(truth), interval.Contains(truth));

    /// <summary>An interval that stands for the test of no difference.</summary>
    public static Outcome Excludes(Estimated<Interval> interval, double truth, double nothing = 0) =>
        interval.IsEstimable ? new(!interval.Value.Contains(nothing), interval.Value.Contains(truth)) : new(false);

    public static Outcome Boot(Estimated<BootstrapEstimate> result, double truth) => Excludes(result.Map(r => r.Interval), truth);
}
