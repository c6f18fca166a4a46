using System.Text.Json.Nodes;
using Assay.Experiments.Reading;
using static Assay.Experiments.SchemaParts;

namespace Assay.Experiments;

/// <summary>The documents that experiments share.</summary>
internal static class SharedSchema
{
    public static IEnumerable<(string Key, JsonObject Schema)> Properties() =>
    [
        ("data", Object("How the columns of a recorded file are meant.",
        [
            ("unit", String("Column of the unit's id.")),
            ("variant", String("Column of the variant.")),
            ("variants", Map("Variant to the value in its column.", String())),
            ("metrics", Map("Metrics of a wide file, each with a column.", Metric())),
            ("attributes", List("Columns to segment by.", String())),
            ("covariates", List("Columns known before the exposure.", String())),
            ("ids", Object("Columns of ids coarser than the unit.", [("session", String()), ("conversation", String()), ("user", String()), ("cluster", String())])),
            ("timestamp", String("Column of the unit's first exposure in a wide file: the order in which registered looks are taken.")),
            ("columns", Object("Columns of a long file.",
                [("unit", String()), ("timestamp", String()), ("metric", String()), ("value", String()), ("variant", String())], "unit", "metric", "value")),
        ])),
        ("upstreams", Map("Model endpoints by name.", Object(null,
            [("baseUrl", String("Up to and including /v1.")), ("keyEnv", String("Environment variable that holds the key."))], "baseUrl"))),
        ("routes", Map("What serves a model name outside any experiment.", Object(null, [("upstream", String()), ("model", String())], "upstream"))),
        ("prices", Map("What a model costs, in US dollars.", OneOrMany(Object(null,
        [
            ("inputPer1M", Number("Per million input tokens.", 0)),
            ("cachedInputPer1M", Number("Per million cached input tokens.", 0)),
            ("outputPer1M", Number("Per million output tokens.", 0)),
            ("gpuUsdPerHour", Number("Of a self-hosted model.", 0)),
            ("from", String("First day, as 2024-07-18.")),
        ])))),
    ];

    public static JsonObject MetricsByName() => Map("Metrics by name.", Metric());

    private static JsonObject Metric() => Object(null,
    [
        ("type", OneOf("What kind of number.", Names.MetricTypes.Keys)),
        .. Source(),
        ("better", OneOf("Which way is good.", Names.Directions.Keys)),
        ("numerator", Object("Of a ratio.", Source())),
        ("denominator", Object("Of a ratio.", Source())),
        ("quantile", Number("Of a quantile.", 0, 1)),
        ("cap", Object("Where unit values are capped.", [("percentile", Number(null, 0, 1))], "percentile")),
        ("missing", OneOf("What a unit without a row counts as.", Names.MissingRules.Keys)),
        ("window", Object("Which rows count, from the first exposure.", [("from", Duration("Start.")), ("to", Duration("End.")), ("idle", Duration("When a conversation is closed."))])),
        ("displayUnit", String("Shown after values.")),
    ]);

    private static IEnumerable<(string Key, JsonObject Schema)> Source() =>
    [
        ("event", String("An event type (generation, score, label) or an outcome's metric.")),
        ("value", String("Which field; value unless said otherwise.")),
        ("aggregate", OneOf("How a unit's rows become one value.", Names.Aggregates.Keys)),
        ("where", String("Condition over fields and attributes of the row.")),
        ("column", String("In a wide file: the column.")),
    ];
}
