using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>What a treatment changes, and how many kinds of things at once.</summary>
/// <param name="Treatment">Its key.</param>
/// <param name="Fields">Every difference.</param>
/// <param name="Kinds">Of model, prompt, parameters, tools, retrieval, upstream, application: those that differ.</param>
public sealed record SuiteDifference(string Treatment, ImmutableArray<VariantDifference> Fields, ImmutableArray<string> Kinds)
{
    /// <summary>More than one kind differs: an effect cannot be traced to any of them.</summary>
    public bool IsConfounded => Kinds.Length > 1;

    public static ImmutableArray<SuiteDifference> Of(Suite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return [.. suite.Variants.Skip(1).Select(v => Between(suite.Control, v))];
    }

    private static SuiteDifference Between(SuiteVariant control, SuiteVariant treatment)
    {
        var fields = VariantDifference.Between(control.Settings, treatment.Settings).ToList();
        void Add(string field, string? a, string? b)
        {
            if (a != b) fields.Add(new VariantDifference(field, a, b));
        }
        Add("prompt", Text(control.Prompt), Text(treatment.Prompt));
        Add("context", Documents(control), Documents(treatment));
        Add("application", Application(control), Application(treatment));
        // Two recordings, or an application's inside, cannot be looked into: that they differ is all that is known.
        return new SuiteDifference(treatment.Key, [.. fields], [.. fields.Select(f => Kind(f.Field)).Distinct(StringComparer.Ordinal)]);
    }

    private static string Kind(string field) => field switch
    {
        "system" or "prompt" => "prompt",
        "config" or "context" => "retrieval",
        _ => field,
    };

    private static string? Text(ImmutableArray<ChatTurn> turns) => turns.IsEmpty ? null : string.Join('\n', turns.Select(t => turns.Length == 1 ? t.Content : $"{t.Role}: {t.Content}"));

    private static string? Documents(SuiteVariant variant) =>
        variant.ContextByCase is { } by ? $"documents of {by.Count} cases, {SuiteHash.OfVariant(new SuiteVariant { Settings = Bare, ContextByCase = by }, Empty)[..12]}" : variant.Context is { } all ? string.Join('\n', all) : null;

    internal static string? Application(SuiteVariant variant) =>
        variant.Http is { } http ? http.Url.ToString() : variant.Command is { } command ? string.Join(' ', command.Arguments) : variant.OutputsFile is { } file ? "recorded in " + file : null;

    private static Variant Bare { get; } = new() { Key = "-", Weight = 0, Ranges = [] };
    private static Suite Empty { get; } = new() { Key = "-", Variants = [], Cases = [] };
}
