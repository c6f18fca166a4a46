using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class DiagnosticMethods
{
    private static readonly string[] SimpsonKeys = ["aggregate", "withinSegments", "standardised", "reversed", "controlMix", "treatmentMix", "mixPValue"];
    private static readonly string[] HeterogeneityKeys = ["q", "df", "pValue", "iSquared", "common", "commonStandardError"];
    private static readonly string[] TrendKeys = ["slope", "standardError", "low", "high", "pValue", "first", "last", "shape"];
    private static readonly string[] InfluenceKeys = ["difference", "differenceWithout", "shift", "changesConclusion"];
    private static readonly string[] UniformityKeys = ["distance", "pValue", "shareBelowAlpha", "low", "high"];
    private static readonly string[] TableKeys = ["chiSquare", "df", "pValue"];
    private static readonly string[] RunningKeys = ["pValue", "smallestAt"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("simpson", "does one arm win in every segment and the other overall?",
            """{"controlUnits": [200, 800], "controlMeans": [0.85, 0.7], "treatmentUnits": [800, 200], "treatmentMeans": [0.8, 0.65]}""", RunSimpson),
        new("heterogeneity", "does the effect differ between segments? (Cochran's Q)", """{"effects": [0.05, 0.01, -0.03], "standardErrors": [0.02, 0.015, 0.02]}""",
            input => StatsOutput.Of(Heterogeneity.CochranQ(input.Numbers("effects"), input.Numbers("standardErrors")), HeterogeneityKeys, (output, r) =>
                output.Add("q", r.Q).Add("df", r.DegreesOfFreedom).Add("pValue", r.PValue).Add("iSquared", r.ISquared).Add("common", r.Common).Add("commonStandardError", r.CommonStandardError))),
        new("day-trend", "does the effect change with the days since exposure? One row per unit of a fixed cohort, one value per day, null where it was not seen",
            """{"control": [[1, 2, 1], [0, 1, 0], [2, 2, 3], [1, 0, 1]], "treatment": [[3, 2, 1], [4, 2, 2], [2, 3, 1], [3, 1, 1]]}""", RunDayTrend),
        new("effect-trend", "do independent effects change over time, such as those of units by day of entry?",
            """{"days": [0, 1, 2, 3], "effects": [0.08, 0.05, 0.04, 0.01], "standardErrors": [0.01, 0.01, 0.01, 0.01]}""",
            input => Trend(EffectTrend.Independent(input.Numbers("days"), input.Numbers("effects"), input.Numbers("standardErrors"), input.Alpha))),
        new("outliers", "a difference of means without the units furthest from the pooled median (leaveOut), or with values capped at pooled quantiles (lowQuantile, highQuantile)",
            """{"control": [1, 2, 3, 2, 1, 2], "treatment": [2, 3, 2, 3, 4, 900], "leaveOut": 1}""", RunOutliers),
        new("assignment-uniformity", "are p-values of A/A runs, one per re-salted assignment, spread as chance spreads them?",
            """{"pValues": [0.03, 0.08, 0.14, 0.17, 0.22, 0.29, 0.33, 0.38, 0.41, 0.47, 0.52, 0.58, 0.61, 0.66, 0.72, 0.77, 0.81, 0.88, 0.93, 0.97]}""",
            input => StatsOutput.Of(AssignmentChecks.Uniformity(input.Numbers("pValues"), input.Alpha), UniformityKeys, (output, r) =>
                output.Add("distance", r.Distance).Add("pValue", r.PValue).Add("shareBelowAlpha", r.ShareBelowAlpha).Add("low", "high", r.ShareInterval))),
        new("assignment-independence", "do the arms of one experiment have anything to do with those of another, or with segments? Units per row and column",
            """{"table": [[251, 249], [248, 252]]}""",
            input => StatsOutput.Of(AssignmentChecks.Independence(Table(input)), TableKeys, (output, r) =>
                output.Add("chiSquare", r.ChiSquare).Add("df", r.DegreesOfFreedom).Add("pValue", r.PValue))),
        new("grouped-srm", "sample ratio mismatch within groups, such as segments or days; units per group and arm (sequential: may be repeated)",
            """{"groups": [[200, 800], [800, 200]], "weights": [0.5, 0.5]}""", RunGrouped),
        new("running-srm", "sample ratio mismatch over all checks of a run; units per arm up to each check",
            """{"checks": [[80, 71], [156, 212]], "weights": [0.5, 0.5]}""",
            input => StatsOutput.Of(SequentialSampleRatio.Running(Counts(input, "checks"), input.Numbers("weights"), input.NumberOr("concentration", 100)), RunningKeys, (output, r) =>
                output.Add("pValue", r.PValue).Add("smallestAt", r.SmallestAt))),
    ];

    private static JsonObject RunSimpson(StatsInput input)
    {
        long[] controlUnits = input.Counts("controlUnits"), treatmentUnits = input.Counts("treatmentUnits");
        double[] controlMeans = input.Numbers("controlMeans"), treatmentMeans = input.Numbers("treatmentMeans");
        foreach (var (name, length) in new[] { ("controlMeans", controlMeans.Length), ("treatmentUnits", treatmentUnits.Length), ("treatmentMeans", treatmentMeans.Length) })
            if (length != controlUnits.Length) throw new UsageException($"{name}: has {length} elements, but controlUnits has {controlUnits.Length}; one per segment");
        SegmentArms[] segments = [.. controlUnits.Select((units, i) => new SegmentArms(units, controlMeans[i], treatmentUnits[i], treatmentMeans[i]))];
        return StatsOutput.Of(Simpson.Check(segments), SimpsonKeys, (output, r) =>
        {
            output.Add("aggregate", r.Aggregate).Add("withinSegments", r.WithinSegments, "null where an arm has no units");
            if (r.Standardised is { } standardised) output.Add("standardised", standardised);
            else output.Null("standardised", "a segment with units lacks one arm");
            output.Add("reversed", r.IsReversed).Add("controlMix", r.ControlMix).Add("treatmentMix", r.TreatmentMix).Add("mixPValue", r.MixPValue);
        });
    }

    private static JsonObject RunDayTrend(StatsInput input)
    {
        double?[][] control = input.Rows("control"), treatment = input.Rows("treatment");
        var days = control.Concat(treatment).Select(r => r.Length).DefaultIfEmpty(0).Max();
        if (days < 2) throw new UsageException("control: each unit needs values for at least 2 days");
        foreach (var (name, rows) in new[] { ("control", control), ("treatment", treatment) })
            if (rows.FirstOrDefault(r => r.Length != days) is { } wrong) throw new UsageException($"{name}: a unit has {wrong.Length} days, not {days}; write null where it was not seen");
        Estimated<CohortDays> c = CohortDays.FromValues(control, days), t = CohortDays.FromValues(treatment, days);
        return Trend(!c.IsEstimable ? new NotEstimable("control: " + c.Reason) : !t.IsEstimable ? new NotEstimable("treatment: " + t.Reason)
            : EffectTrend.ByDaySinceExposure(c.Value, t.Value, input.Alpha));
    }

    private static JsonObject RunOutliers(StatsInput input)
    {
        double[] control = input.Numbers("control"), treatment = input.Numbers("treatment");
        if (!input.Has("lowQuantile") && !input.Has("highQuantile"))
        {
            var count = input.Has("leaveOut") ? input.Count("leaveOut") : 1;
            if (count is < 1 or > int.MaxValue) throw new UsageException("leaveOut: must be 1 or more");
            return Write(OutlierInfluence.WithoutFurthest(control, treatment, (int)count, input.Alpha));
        }
        var cap = PooledCap.FromValues(control, treatment, input.NumberOr("lowQuantile", 0), input.NumberOr("highQuantile", 1));
        return Write(cap.IsEstimable ? OutlierInfluence.Winsorised(control, treatment, cap.Value, input.Alpha) : new NotEstimable(cap.Reason!));

        static JsonObject Write(Estimated<Influence> result) => StatsOutput.Of(result, InfluenceKeys, (output, r) =>
        {
            output.Add("difference", r.All.Difference).Add("differenceWithout", r.Without.Map(w => w.Difference));
            if (r.Shift is { } shift) output.Add("shift", shift);
            else output.Null("shift", r.Without.Reason!);
            output.Add("changesConclusion", r.ChangesConclusion);
        });
    }

    private static JsonObject RunGrouped(StatsInput input)
    {
        var tests = GroupedSampleRatio.Test(Counts(input, "groups"), input.Numbers("weights"), input.FlagOr("sequential", false));
        var output = new StatsOutput().Add("pValues", [.. tests.Select(t => t.PValue.IsEstimable ? t.PValue.Value : (double?)null)], tests.FirstOrDefault(t => !t.PValue.IsEstimable)?.PValue.Reason ?? "")
            .Add("adjustedPValues", [.. tests.Select(t => t.AdjustedPValue)], "null where there is no p-value");
        return output.ToJson();
    }

    private static JsonObject Trend(Estimated<TrendTest> result) => StatsOutput.Of(result, TrendKeys, (output, r) =>
        output.Add("slope", r.Slope).Add("standardError", r.StandardError).Add("low", "high", r.Interval).Add("pValue", r.PValue)
            .Add("first", r.First).Add("last", r.Last).Add("shape", r.Shape == TrendShape.Fading ? "fading" : "growing"));

    private static long[,] Table(StatsInput input)
    {
        var rows = Counts(input, "table");
        var width = rows.Length == 0 ? 0 : rows[0].Length;
        var table = new long[rows.Length, width];
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length != width) throw new UsageException($"table[{i}]: has {rows[i].Length} columns, but the first row has {width}");
            for (var j = 0; j < width; j++) table[i, j] = rows[i][j];
        }
        return table;
    }

    private static long[][] Counts(StatsInput input, string field) => [.. input.Rows(field).Select((row, i) => row.Select((value, j) =>
        value is >= 0 and <= 1L << 53 && value == Math.Floor(value.Value) ? (long)value.Value
        : throw new UsageException($"{field}[{i}][{j}]: must be a whole number of units, 0 or more")).ToArray())];
}
