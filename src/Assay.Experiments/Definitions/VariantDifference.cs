using System.Collections.Immutable;
using System.Text.Json;
using Assay.Experiments.Writing;

namespace Assay.Experiments;

/// <summary>One thing in which a treatment differs from the control. The label <c>promptVersion</c> is none.</summary>
/// <param name="Field">upstream, model, system, parameters, tools or config.</param>
/// <param name="Control">The control's value as text; null when it has none.</param>
/// <param name="Treatment">The treatment's.</param>
public sealed record VariantDifference(string Field, string? Control, string? Treatment)
{
    public static ImmutableArray<VariantDifference> Between(Variant control, Variant treatment)
    {
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        var fields = Fields(control).Zip(Fields(treatment));
        return [.. fields.Where(f => f.First.Value != f.Second.Value).Select(f => new VariantDifference(f.First.Name, f.First.Value, f.Second.Value))];
    }

    private static IEnumerable<(string Name, string? Value)> Fields(Variant v) =>
    [
        ("upstream", v.Upstream),
        ("model", v.Model),
        ("system", v.System is null ? null : v.System.Mode == SystemPromptMode.Replace ? v.System.Text : $"{v.System.Mode.ToString().ToLowerInvariant()}: {v.System.Text}"),
        ("parameters", v.Parameters.IsEmpty ? null : CanonicalJson.Write(DefinitionJson.Object(v.Parameters))),
        ("tools", Text(v.Tools)),
        ("config", Text(v.Config)),
    ];

    private static string? Text(JsonElement? element) => element is { } value ? CanonicalJson.Write(DefinitionJson.Node(value)) : null;
}
