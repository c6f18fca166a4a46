using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>Lists of checks, of a suite or of a case; each is made once here, so that all that is wrong is said before a run.</summary>
internal static class CheckSection
{
    private static readonly string[] Own = ["type", "weight", "metric"];

    public static ImmutableArray<CheckSpec> ReadAll(Section owner, CheckServices services)
    {
        var specs = ImmutableArray.CreateBuilder<CheckSpec>();
        foreach (var (node, path) in owner.List("checks"))
            if (Read(node, path, owner.Source, services) is { } spec) specs.Add(spec);
        return specs.ToImmutable();
    }

    private static CheckSpec? Read(Node node, string path, Source source, CheckServices services)
    {
        if (Section.Of(node, path, source) is not { } section) return null;
        var type = section.RequiredText("type");
        if (type is null)
        {
            section.Missing("type", "such as { type: contains, value: policy }");
            foreach (var entry in section.Entries) section.Take(entry.Key);
            section.Finish();
            return null;
        }
        var negated = type.StartsWith("not-", StringComparison.Ordinal);
        var arguments = new JsonObject();
        foreach (var entry in section.Entries)
            if (!Own.Contains(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal))
                arguments[entry.Key] = JsonNode.Parse(NodeJson.ToElement(entry.Value).GetRawText());
        var spec = new CheckSpec
        {
            Type = negated ? type[4..] : type,
            IsNegated = negated,
            Weight = section.Number("weight", n => n >= 0, "a number, not negative") ?? 1,
            Metric = section.Text("metric"),
            Arguments = JsonElement.Parse(arguments.ToJsonString()),
            Place = string.Create(CultureInfo.InvariantCulture, $"{source.File}:{section.Line}"),
        };
        foreach (var problem in CheckCatalog.Create(spec, services).Problems)
        {
            var at = problem.Argument is { } name && section.Entries.Any(e => e.Key == name) ? name : "type";
            section.Error("check", at, problem.Message, problem.Hint);
        }
        return spec;
    }
}
