using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class QuantileMethods
{
    private static readonly string[] OneKeys = ["estimate", "low", "high", "events", "units"];
    private static readonly string[] TwoKeys = ["control", "treatment", "difference", "standardError", "z", "pValue", "low", "high"];

    private static readonly string[] MomentKeys = ["value", "low", "high"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("quantile", "a quantile over events with an interval that knows which unit each event came from; \"inf\" is a failed event",
            """{"values": [210, 180, 950, "inf", 240, 260], "units": ["a", "a", "b", "b", "c", "c"], "quantile": 0.5}""",
            input => StatsOutput.Of(Read(input, "values", "units"), OneKeys, (output, r) => output
                .Add("estimate", r.Estimate).Add("low", "high", new Interval(r.Low, r.High)).Add("events", r.Events).Add("units", r.Units))),
        new("quantile-difference", "difference of the same quantile of two arms",
            """{"controlValues": [210, 180, 950, 240], "controlUnits": [1, 1, 2, 3], "treatmentValues": [220, 200, 640, 250], "treatmentUnits": [4, 4, 5, 6], "quantile": 0.5}""",
            input => StatsOutput.Of(Compare(input), TwoKeys, (output, r) => output
                .Add("control", r.Control).Add("treatment", r.Treatment).Add("difference", r.Of.Difference).Add("standardError", r.Of.StandardError)
                .Add("z", r.Of.Statistic).Add("pValue", r.Of.PValue).Add("low", "high", r.Of.Interval))),
    ];

    private static Estimated<QuantileMoments> Read(StatsInput input, string values, string units)
    {
        var numbers = input.NumbersOrFailures(values);
        var ids = input.Ids(units);
        if (numbers.Length != ids.Length) throw new UsageException($"{units}: has {ids.Length} elements, but {values} has {numbers.Length}");
        return QuantileInterval.FromValues(numbers, ids, input.Number("quantile"), input.Alpha);
    }

    private static Estimated<(double Control, double Treatment, QuantileComparison Of)> Compare(StatsInput input)
    {
        if (input.HasObject("control")) return OfMoments(input);
        Estimated<QuantileMoments> control = Read(input, "controlValues", "controlUnits"), treatment = Read(input, "treatmentValues", "treatmentUnits");
        if (!control.IsEstimable) return new NotEstimable("control: " + control.Reason);
        if (!treatment.IsEstimable) return new NotEstimable("treatment: " + treatment.Reason);
        return Compare(control.Value, treatment.Value, input.Alpha);
    }

    private static Estimated<(double Control, double Treatment, QuantileComparison Of)> Compare(QuantileMoments control, QuantileMoments treatment, double alpha) =>
        QuantileDifference.Compare(control, treatment, alpha).Map(r => (control.Estimate, treatment.Estimate, r));

    /// <summary>Of each arm's quantile and interval, made with <c>intervalZ</c> standard errors, as a report's row holds them.</summary>
    private static Estimated<(double Control, double Treatment, QuantileComparison Of)> OfMoments(StatsInput input)
    {
        double quantile = input.Number("quantile"), z = input.Number("intervalZ"), alpha = input.Alpha;
        if (quantile is not (> 0 and < 1)) throw new UsageException("quantile: must lie strictly between 0 and 1");
        if (z <= 0) throw new UsageException("intervalZ: must be positive");
        QuantileMoments? control = Moments(input.Part("control")), treatment = Moments(input.Part("treatment"));
        if (control is not { } c) return new NotEstimable("control: its value or an end of its interval is unknown or a failure");
        return treatment is { } t ? Compare(c, t, alpha) : new NotEstimable("treatment: its value or an end of its interval is unknown or a failure");

        QuantileMoments? Moments(StatsInput arm)
        {
            long events = arm.Count("events"), units = arm.Count("units");
            double?[] known = [.. MomentKeys.Select(field => arm.Has(field) ? arm.Number(field) : (double?)null)];
            return known is [{ } value, { } low, { } high] ? new(quantile, events, units, value, low, high, z) : null;
        }
    }
}
