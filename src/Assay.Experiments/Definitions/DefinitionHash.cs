using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Experiments.Writing;

namespace Assay.Experiments;

/// <summary>
/// The identity of what was declared: SHA-256 of the canonical JSON of the validated experiment, with the content of its files and
/// the full definitions of the metrics it uses, built-in ones included; without owner, hypothesis and free keys. Key order, formatting,
/// defaults written out, YAML or JSON make no difference.
/// </summary>
public static class DefinitionHash
{
    /// <returns>64 lower-case hex digits.</returns>
    public static string Compute(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalText(experiment))));
    }

    /// <summary>The text that is hashed.</summary>
    public static string CanonicalText(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var definition = DefinitionJson.Of(experiment);
        definition.Remove("owner");
        definition.Remove("hypothesis");
        // Ranges say all that matters; weights are the same numbers, rounded.
        foreach (var variant in definition["variants"]!.AsArray()) variant!.AsObject().Remove("weight");
        var metrics = new JsonObject(DefinitionWriter.MetricsOf(experiment).Select(m => KeyValuePair.Create<string, JsonNode?>(m.Name, MetricJson.Of(m))));
        return CanonicalJson.Write(new JsonObject { ["experiment"] = definition, ["metrics"] = metrics });
    }
}
