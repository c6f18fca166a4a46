using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments.Reading;

namespace Assay.Experiments.Writing;

/// <summary>An experiment in the shape in which it is written, so that the reader reads it back; files are inlined, what is unset is left out.</summary>
internal static class DefinitionJson
{
    public static JsonObject Of(Experiment e) => new Fields
    {
        ["key"] = e.Key,
        ["hypothesis"] = e.Hypothesis,
        ["owner"] = e.Owner,
        ["unit"] = Names.Units.Of(e.Unit),
        ["route"] = e.Route,
        ["hash"] = Names.Hashes.Of(e.Hash),
        ["salt"] = e.Salt,
        ["variants"] = Array(e.Variants, Of),
        ["audience"] = Of(e.Audience),
        ["exposure"] = e.Exposure,
        ["metrics"] = Roles(e),
        ["plan"] = PlanJson.Of(e.Plan),
        ["segments"] = Array(e.Segments, Of),
        ["guardrails"] = Array(e.Guardrails, Of),
        ["rollout"] = Array(e.Rollout, Of),
    }.ToObject();

    public static JsonNode? Node(JsonElement element) => JsonSerializer.Deserialize(element, DefinitionJsonContext.Default.JsonNode);

    public static JsonObject Object(ImmutableSortedDictionary<string, JsonElement> values) =>
        new(values.Select(v => KeyValuePair.Create(v.Key, Node(v.Value))));

    public static JsonArray? Array<T>(ImmutableArray<T> items, Func<T, JsonNode?> of) => items.IsEmpty ? null : new JsonArray([.. items.Select(of)]);

    private static JsonObject Of(Variant v) => new Fields
    {
        ["key"] = v.Key,
        ["weight"] = v.Weight,
        ["ranges"] = new JsonArray([.. v.Ranges.Select(Of)]),
        ["upstream"] = v.Upstream,
        ["model"] = v.Model,
        ["system"] = v.System is null ? null : new Fields { ["text"] = v.System.Text, ["mode"] = Names.PromptModes.Of(v.System.Mode) }.ToObject(),
        ["promptVersion"] = v.PromptVersion,
        ["parameters"] = v.Parameters.IsEmpty ? null : Object(v.Parameters),
        ["tools"] = v.Tools is { } tools ? Node(tools) : null,
        ["config"] = v.Config is { } config ? Node(config) : null,
    }.ToObject();

    private static JsonArray Of(BucketRange range) => [range.Low, range.High];

    private static JsonObject? Of(Audience a) => a == Audience.Everyone ? null : new Fields
    {
        ["where"] = a.Where,
        ["layer"] = a.Layer,
        ["layerRange"] = a.Layer is null ? null : Of(a.LayerRange),
    }.ToObject();

    private static JsonObject? Roles(Experiment e) => e.Metrics.IsEmpty ? null : new Fields
    {
        ["primary"] = Array([.. e.MetricsOf(MetricRole.Primary)], m => m.Metric.Name),
        ["guardrails"] = Array([.. e.MetricsOf(MetricRole.Guardrail)], m => m.Metric.Name),
        ["secondary"] = Array([.. e.MetricsOf(MetricRole.Secondary)], m => m.Metric.Name),
    }.ToObject();

    private static JsonNode Of(Segment s) => s.Critical.IsEmpty ? s.Attribute : new Fields
    {
        ["attribute"] = s.Attribute,
        ["critical"] = new JsonObject(s.Critical.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Key, new JsonObject { ["maxLoss"] = c.Value }))),
    }.ToObject();

    private static JsonObject Of(Guardrail g) => new Fields
    {
        ["metric"] = g.Metric,
        ["max"] = g.Max,
        ["min"] = g.Min,
        ["maxChange"] = g.MaxChange,
        ["minChange"] = g.MinChange,
        ["maxRelativeToControl"] = g.MaxRelativeToControl,
        ["minRelativeToControl"] = g.MinRelativeToControl,
        ["window"] = PlanJson.Duration(g.Window),
        ["consecutive"] = g.Consecutive,
        ["action"] = Names.Actions.Of(g.Action),
        ["method"] = g.Method,
        ["minimumUnits"] = g.MinimumUnits,
        ["cache"] = g.Cache,
    }.ToObject();

    private static JsonObject Of(RolloutStage r) => new Fields
    {
        ["stage"] = r.Stage,
        ["exposure"] = r.Exposure,
        ["for"] = PlanJson.Duration(r.For),
        ["skip"] = r.Skip,
        ["suite"] = r.Suite,
        ["sample"] = r.Sample,
        ["until"] = r.Until,
    }.ToObject();
}
