using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Experiments.Reading;

namespace Assay.Experiments.Writing;

internal static class DataJson
{
    public static JsonObject Of(DataMapping d) => new Fields
    {
        ["unit"] = d.Unit,
        ["variant"] = d.Variant,
        ["variants"] = d.Variants.IsEmpty ? null : new JsonObject(d.Variants.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Key, v.Value))),
        ["metrics"] = d.Metrics.IsEmpty ? null : new JsonObject(d.Metrics.Select(m => KeyValuePair.Create<string, JsonNode?>(m.Name, MetricJson.Of(m)))),
        ["attributes"] = DefinitionJson.Array(d.Attributes, a => a),
        ["covariates"] = DefinitionJson.Array(d.Covariates, c => c),
        ["ids"] = d.Ids.IsEmpty ? null : new JsonObject(d.Ids.Select(i => KeyValuePair.Create<string, JsonNode?>(Names.Units.Of(i.Key), i.Value))),
        ["timestamp"] = d.Timestamp,
        ["columns"] = d.Columns is not { } c ? null : new Fields
        {
            ["unit"] = c.Unit,
            ["timestamp"] = c.Timestamp,
            ["metric"] = c.Metric,
            ["value"] = c.Value,
            ["variant"] = c.Variant,
        }.ToObject(),
    }.ToObject();

    public static JsonObject Of(ModelPrice p) => new Fields
    {
        ["inputPer1M"] = p.InputPer1M,
        ["cachedInputPer1M"] = p.CachedInputPer1M,
        ["outputPer1M"] = p.OutputPer1M,
        ["gpuUsdPerHour"] = p.GpuUsdPerHour,
        ["from"] = p.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    }.ToObject();
}
