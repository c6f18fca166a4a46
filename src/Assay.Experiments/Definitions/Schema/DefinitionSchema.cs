using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments.Reading;

namespace Assay.Experiments;

/// <summary>JSON Schema (2020-12) of one document of a definition file. Editors complete and check keys with it; the reader checks what a schema cannot say.</summary>
public static class DefinitionSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, TypeInfoResolver = DefinitionJsonContext.Default };

    public static string Text { get; } = Create().ToJsonString(Indented);

    private static JsonObject Create()
    {
        var root = SchemaParts.Object("A document: an experiment (it has a key), or metrics, data, upstreams, routes and prices.",
        [
            .. ExperimentSchema.Properties(),
            .. SharedSchema.Properties(),
            ("include", SchemaParts.OneOrMany(SchemaParts.String("A file whose documents are shared, relative to this one."))),
            ("experiment", SchemaParts.Object("An experiment, in the combined form that HTTP takes.", [.. ExperimentSchema.Properties(), ("metrics", ExperimentSchema.Roles())])),
            ("experiments", SchemaParts.List("Several experiments, in the combined form.", SchemaParts.Object(null, [.. ExperimentSchema.Properties(), ("metrics", ExperimentSchema.Roles())]))),
            ("metrics", new JsonObject { ["description"] = "In an experiment: the roles. Elsewhere: definitions by name.", ["anyOf"] = new JsonArray(ExperimentSchema.Roles(), SharedSchema.MetricsByName()) }),
        ]);
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        root["title"] = "Assay definition";
        return root;
    }
}
