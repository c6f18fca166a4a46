using System.Text.Json.Nodes;
using Assay.Experiments.Reading;
using Assay.Experiments.Writing;

namespace Assay.Experiments;

/// <summary>Definitions as the JSON that <see cref="DefinitionReader.ReadText"/> reads back to an equal experiment with the same hash; files are inlined.</summary>
public static class DefinitionWriter
{
    /// <summary>One experiment with the metrics it uses: <c>{"experiment":{…},"metrics":{…}}</c>. This is what a store keeps of a version.</summary>
    public static string ToJson(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return CanonicalJson.Write(new JsonObject { ["experiment"] = DefinitionJson.Of(experiment), ["metrics"] = Metrics(MetricsOf(experiment)) });
    }

    /// <summary>Everything in the set, several experiments as a list under <c>experiments</c>.</summary>
    /// <remarks>An experiment keeps the metric definitions of its first reading only when they agree with the set's; those that a reading completed (default windows) are completed again.</remarks>
    public static string ToJson(DefinitionSet definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var used = definitions.Experiments.SelectMany(MetricsOf).Where(m => !definitions.Metrics.ContainsKey(m.Name)
            && !(definitions.Data?.Metrics.Any(d => d.Name == m.Name) ?? false) && BuiltInMetrics.Find(m.Name) is null);
        var metrics = definitions.Metrics.Values.Concat(used.DistinctBy(m => m.Name));
        return CanonicalJson.Write(new Fields
        {
            ["experiments"] = DefinitionJson.Array(definitions.Experiments, DefinitionJson.Of),
            ["metrics"] = Metrics(metrics),
            ["data"] = definitions.Data is { } data ? DataJson.Of(data) : null,
            ["upstreams"] = Named(definitions.Upstreams.Values, u => u.Name, u => new Fields { ["baseUrl"] = u.BaseUrl.OriginalString, ["keyEnv"] = u.KeyEnv }.ToObject()),
            ["routes"] = Named(definitions.Routes.Values, r => r.Name, r => new Fields { ["upstream"] = r.Upstream, ["model"] = r.Model }.ToObject()),
            ["prices"] = Named(definitions.Prices.GroupBy(p => p.Model, StringComparer.Ordinal), g => g.Key, g => new JsonArray([.. g.Select(DataJson.Of)])),
        }.ToObject());
    }

    /// <summary>The metrics an experiment uses, covariates' included, each once.</summary>
    internal static IEnumerable<Metric> MetricsOf(Experiment experiment) =>
        experiment.Metrics.Select(m => m.Metric).Concat(experiment.Plan.Covariates.Select(c => c.Definition).OfType<Metric>()).DistinctBy(m => m.Name);

    private static JsonObject? Metrics(IEnumerable<Metric> metrics) => Named(metrics, m => m.Name, MetricJson.Of);

    private static JsonObject? Named<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> of)
    {
        var result = new JsonObject(items.Select(i => KeyValuePair.Create<string, JsonNode?>(name(i), of(i))));
        return result.Count == 0 ? null : result;
    }
}
