using System.Globalization;

namespace Assay.Analysis;

/// <summary>An effect in natural counts, in the units' and the metric's own words.</summary>
internal static class EffectText
{
    /// <summary>"about 5 more of every 100 conversations resolved, 65 % vs 60 %; plausible range 2 to 8".</summary>
    public static string Of(MetricRow row, string unitKind)
    {
        if (row is not { Difference: { } difference, Interval: { } interval, Control.Value: { } control, Treatment.Value: { } treatment })
            return $"{row.Metric} could not be estimated: {row.Reason}";
        return row.Type == "proportion" ? Proportion(row.Label, Words.Plural(unitKind), control, treatment, difference, interval)
            : Number(row, control, treatment, difference, interval);
    }

    private static string Proportion(string label, string units, double control, double treatment, double difference, ReportInterval interval)
    {
        var of = Base(difference);
        var decimals = Numbers.DecimalsFor(difference);
        var rates = $"{Numbers.Percent(treatment, decimals)} vs {Numbers.Percent(control, decimals)}";
        var main = difference == 0 ? $"as many of every {of:N0} {units} {label}"
            : string.Create(CultureInfo.InvariantCulture, $"about {Natural(Math.Abs(difference) * of)} {(difference > 0 ? "more" : "fewer")} of every {of:N0} {units} {label}");
        return $"{main}, {rates}; plausible range {Range(interval, of, difference, "more", "fewer")}";
    }

    private static string Number(MetricRow row, double control, double treatment, double difference, ReportInterval interval)
    {
        var unit = row.Unit is null ? "" : " " + row.Unit;
        var main = difference == 0 ? "the same" : $"{Numbers.Value(Math.Abs(difference))}{unit} {(difference > 0 ? "higher" : "lower")}";
        return $"{row.Metric} {Numbers.Value(treatment)}{unit} vs {Numbers.Value(control)}{unit}, {main}; plausible range {Range(interval, 1, difference, "higher", "lower")}";
    }

    /// <summary>"2 to 8" when both ends go the effect's way, else "3 fewer to 8 more".</summary>
    private static string Range(ReportInterval interval, double of, double difference, string up, string down)
    {
        double low = (interval.Low ?? double.NegativeInfinity) * of, high = (interval.High ?? double.PositiveInfinity) * of;
        string End(double x) => double.IsInfinity(x) ? "any number" : of == 1 ? Numbers.Value(Math.Abs(x)) : Natural(Math.Abs(x));
        if (low > 0 && difference > 0) return $"{End(low)} to {End(high)}";
        if (high < 0 && difference < 0) return $"{End(high)} to {End(low)}";
        return $"{End(low)} {(low < 0 ? down : up)} to {End(high)} {(high < 0 ? down : up)}";
    }

    /// <summary>Of how many units one speaks so that the effect is a whole number of them.</summary>
    private static int Base(double difference) => Math.Abs(difference) switch
    {
        >= 0.015 or 0 => 100,
        >= 0.0015 => 1_000,
        >= 0.00015 => 10_000,
        _ => 1_000_000,
    };

    private static string Natural(double count) => count switch
    {
        0 or >= 0.95 => Math.Round(count).ToString("N0", CultureInfo.InvariantCulture),
        >= 0.095 => count.ToString("0.0", CultureInfo.InvariantCulture),
        _ => Numbers.Value(count),
    };
}
