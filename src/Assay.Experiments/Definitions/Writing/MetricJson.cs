using System.Text.Json.Nodes;
using Assay.Experiments.Reading;

namespace Assay.Experiments.Writing;

internal static class MetricJson
{
    public static JsonObject Of(Metric m)
    {
        var isSimpleRatio = m.Type == MetricType.Ratio && m.Denominator is not null;
        return new Fields
        {
            ["type"] = Names.MetricTypes.Of(m.Type),
            ["better"] = Names.Directions.Of(m.Better),
            ["event"] = isSimpleRatio ? null : m.Source.Event,
            ["value"] = isSimpleRatio ? null : m.Source.Value,
            ["aggregate"] = isSimpleRatio ? null : Names.Aggregates.Of(m.Source.Aggregate),
            ["where"] = isSimpleRatio ? null : m.Source.Where,
            ["column"] = isSimpleRatio ? null : m.Source.Column,
            ["numerator"] = isSimpleRatio ? Of(m.Source) : null,
            ["denominator"] = m.Denominator is { } denominator ? Of(denominator) : null,
            ["quantile"] = m.Quantile,
            ["cap"] = m.CapPercentile is { } percentile ? new JsonObject { ["percentile"] = percentile } : null,
            ["missing"] = Names.MissingRules.Of(m.Missing),
            ["window"] = m.Window is not { } w ? null : new Fields
            {
                ["from"] = PlanJson.Duration(w.From),
                ["to"] = PlanJson.Duration(w.To),
                ["idle"] = PlanJson.Duration(w.Idle),
            }.ToObject(),
            ["displayUnit"] = m.DisplayUnit,
        }.ToObject();
    }

    private static JsonObject Of(MetricSource s) => new Fields
    {
        ["event"] = s.Event,
        ["value"] = s.Value,
        ["aggregate"] = Names.Aggregates.Of(s.Aggregate),
        ["where"] = s.Where,
        ["column"] = s.Column,
    }.ToObject();
}
