using System.Collections.Immutable;
using Assay.Evaluation.Checks;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>Every kind of check, by name, and the way from a declared check to one that scores.</summary>
public static class CheckCatalog
{
    private static readonly ImmutableArray<CheckDefinition> Definitions =
    [
        EqualsCheck.Definition, ContainsCheck.Definition, AffixCheck.StartsWith, AffixCheck.EndsWith, RegexCheck.Definition,
        NumericCheck.Definition,
        IsJsonCheck.Definition, JsonSchemaCheck.Definition, ContainsJsonCheck.Definition, JsonPathCheck.Definition, XmlCheck.Definition, SqlCheck.Definition,
        RefusalCheck.Definition, LanguageCheck.Definition, ToolCallsCheck.Definition, CodeCheck.Definition, HookCheck.Definition,
        LengthCheck.Definition, LatencyCheck.Definition, CostCheck.Definition,
        SimilarityChecks.Bleu, SimilarityChecks.Gleu, SimilarityChecks.RougeN, SimilarityChecks.RougeL, SimilarityChecks.ChrF, SimilarityChecks.Meteor, SimilarityChecks.TokenF1, LevenshteinCheck.Definition,
        EmbeddingChecks.Cosine, EmbeddingChecks.SentenceMatch, BertScoreCheck.Definition,
    ];

    private static readonly ImmutableDictionary<string, CheckDefinition> ByName = Definitions.ToImmutableDictionary(d => d.Kind.Name, StringComparer.Ordinal);

    /// <summary>All kinds, in the order of the documents.</summary>
    public static ImmutableArray<CheckKind> Kinds { get; } = [.. Definitions.Select(d => d.Kind)];

    /// <summary>All names, in the order of the documents, without <c>not-</c>.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Kinds.Select(k => k.Name)];

    /// <summary>The kind of that name (without <c>not-</c>); null when there is none.</summary>
    public static CheckKind? Find(string name) => ByName.GetValueOrDefault(name)?.Kind;

    /// <summary>Makes a declared check.</summary>
    /// <param name="spec">As it was declared; <c>type</c>, <c>weight</c> and <c>metric</c> are no longer among its arguments.</param>
    /// <param name="services">What it may use.</param>
    /// <returns>The check, or all that is wrong with its declaration; nothing is run.</returns>
    public static CheckCreation Create(CheckSpec spec, CheckServices services)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(services);
        if (ByName.GetValueOrDefault(spec.Type) is not { } definition)
            return new CheckCreation(null, null, [new CheckProblem(null, $"there is no check '{(spec.IsNegated ? "not-" : "")}{spec.Type}'", Suggestions.Hint(spec.Type, Names) ?? $"there are {string.Join(", ", Names)}, each also with not-")]);
        var arguments = new CheckArguments(spec, definition.Kind);
        if (!(double.IsFinite(spec.Weight) && spec.Weight >= 0)) arguments.Problem("weight", "the weight is not a number of at least 0");
        if (spec.IsNegated && !definition.Kind.IsBinary && !arguments.Has(Threshold.Name) && !arguments.Has(LevenshteinCheck.MaxEdits))
            arguments.Problem(Threshold.Name, $"not-{spec.Type} needs 'threshold'", "without one nothing passes or fails that could change places");
        var rule = arguments.HasProblems && spec.Arguments.ValueKind != System.Text.Json.JsonValueKind.Object ? null : definition.Make(arguments, services);
        if (arguments.HasProblems) return new CheckCreation(null, definition.Kind, arguments.Problems);
        return new CheckCreation(new RuleCheck(spec, rule ?? throw new InvalidOperationException($"{spec.Type} gave neither a rule nor a problem")), definition.Kind, []);
    }
}
