using System.Text.Json.Nodes;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary>The outcome of a validation for scripts.</summary>
internal static class ValidationJson
{
    public static JsonObject Of(DefinitionResult result) => new()
    {
        ["valid"] = result.Definitions is not null,
        ["problems"] = List(result.Problems, p => new JsonObject
        {
            ["severity"] = p.Severity.ToString().ToLowerInvariant(),
            ["code"] = p.Code,
            ["file"] = p.File,
            ["line"] = p.Line,
            ["path"] = p.Path,
            ["message"] = p.Message,
            ["hint"] = p.Hint,
        }),
        ["experiments"] = List(result.Definitions?.Experiments ?? [], e => new JsonObject
        {
            ["key"] = e.Key,
            ["definitionHash"] = e.DefinitionHash,
            ["unit"] = e.Unit.ToString().ToLowerInvariant(),
            ["exposure"] = e.Exposure,
            ["variants"] = List(e.Variants, v => Of(v, e)),
            ["metrics"] = List(e.Metrics, m => new JsonObject { ["name"] = m.Metric.Name, ["role"] = m.Role.ToString().ToLowerInvariant() }),
        }),
    };

    private static JsonObject Of(Variant variant, Experiment experiment) => new()
    {
        ["key"] = variant.Key,
        ["weight"] = variant.Weight,
        ["ranges"] = List(variant.Ranges, r => new JsonArray(r.Low, r.High)),
        ["differences"] = List(variant == experiment.Control ? [] : VariantDifference.Between(experiment.Control, variant),
            d => new JsonObject { ["field"] = d.Field, ["control"] = d.Control, ["treatment"] = d.Treatment }),
    };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> of) => new([.. items.Select(of)]);
}
