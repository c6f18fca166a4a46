using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>Everything that a run will ask, worked out before the first call.</summary>
public sealed record ArenaPlan
{
    /// <summary>Who needs a key when embeddings do, beside variants and judges.</summary>
    public const string Embeddings = "embeddings";

    public required Suite Suite { get; init; }
    public required ImmutableArray<GoldenCase> Cases { get; init; }
    public required int Repeats { get; init; }

    /// <summary>Case by case, so that a run that is stopped has whole cases.</summary>
    public required ImmutableArray<ArenaCell> Cells { get; init; }

    /// <summary>Cases without a variable that a prompt needs; none of these may be there for a run.</summary>
    public required ImmutableArray<DefinitionProblem> Problems { get; init; }

    /// <summary>Plans a run.</summary>
    /// <param name="suite">As read.</param>
    /// <param name="repeats">Answers per case and variant; null: as the suite says.</param>
    /// <param name="limit">So many cases, from the first; null: all.</param>
    /// <param name="variants">Keys of those that take part; empty: all. The control always does.</param>
    public static ArenaPlan Of(Suite suite, int? repeats = null, int? limit = null, IReadOnlyCollection<string>? variants = null)
    {
        ArgumentNullException.ThrowIfNull(suite);
        if (variants is { Count: > 0 }) suite = suite with { Variants = [.. suite.Variants.Where(v => variants.Contains(v.Key))] };
        ImmutableArray<GoldenCase> cases = limit is { } most ? [.. suite.Cases.Take(most)] : suite.Cases;
        var count = repeats ?? suite.Run.Repeats;
        var problems = ImmutableArray.CreateBuilder<DefinitionProblem>();
        var cells = ImmutableArray.CreateBuilder<ArenaCell>(cases.Length * suite.Variants.Length * count);
        foreach (var golden in cases)
            foreach (var variant in suite.Variants)
            {
                var (turns, missing) = PromptRenderer.Render(variant, golden);
                var (criteria, unfilled) = PromptRenderer.Fill(golden.Criteria, variant, golden);
                if (missing is not null || unfilled is not null)
                {
                    problems.Add(missing is not null ? Missing(golden, missing, $"the prompt of '{variant.Key}'") : Missing(golden, unfilled!, "a criterion"));
                    continue;
                }
                // Checks and judges see the conversation as it was asked, without the variant's own system prompt.
                var shown = golden with { Messages = golden.Messages.IsEmpty ? [.. turns.Where(t => t.Role != "system")] : Filled(golden, variant), Criteria = criteria };
                if (variant.Http?.Body is { } body && ApplicationBody.Missing(body, ApplicationBody.Whole(variant, shown)) is { } unknown) problems.Add(Missing(golden, unknown, $"the body of '{variant.Key}'"));
                for (var repeat = 0; repeat < count; repeat++)
                    cells.Add(new ArenaCell(variant, shown, repeat, variant.IsModel ? Call(suite, variant, golden, turns, repeat) : null));
            }
        return new ArenaPlan { Suite = suite, Cases = cases, Repeats = count, Cells = cells.ToImmutable(), Problems = problems.ToImmutable() };
    }

    /// <summary>Variables that hold keys and are not set: with the upstream that wants them and who asks it.</summary>
    public IEnumerable<(string Variable, string Upstream, ImmutableArray<string> Users)> MissingKeys(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var upstream in Suite.Upstreams.Values)
        {
            if (upstream.KeyEnv is not { } variable || !string.IsNullOrEmpty(environment(variable))) continue;
            ImmutableArray<string> users = [.. Suite.Variants.Where(v => v.IsModel && v.Settings.Upstream == upstream.Name).Select(v => v.Key), .. Suite.Judges.Where(j => j.Members.Any(m => m.Upstream == upstream.Name)).Select(j => "judge " + j.Key), .. Suite.Embeddings?.Upstream == upstream.Name ? (string[])[Embeddings] : []];
            if (!users.IsEmpty) yield return (variable, upstream.Name, users);
        }
        foreach (var variant in Suite.Variants)
            if (variant.Http?.KeyEnv is { } variable && string.IsNullOrEmpty(environment(variable))) yield return (variable, variant.Http.Url.Host, [variant.Key]);
    }

    /// <summary>Calls to judges when every reply can be read.</summary>
    public int JudgeCalls
    {
        get
        {
            return Suite.Judges.Sum(j => j.Members.Length * j.Repeats * Cases.Count(j.Concerns) * Repeats * (j.Mode == JudgeMode.Pairwise ? j.PairsOf(Suite.Variants.Length) * (j.Orders == OrderRule.Both ? 2 : 1) : Suite.Variants.Length));
        }
    }

    private static ImmutableArray<ChatTurn> Filled(GoldenCase golden, SuiteVariant variant)
    {
        var plain = variant with { Prompt = [], Settings = variant.Settings with { System = null } };
        var (turns, _) = PromptRenderer.Render(plain, golden);
        return turns.IsEmpty ? golden.Messages : turns;
    }

    private static ModelCall Call(Suite suite, SuiteVariant variant, GoldenCase golden, ImmutableArray<ChatTurn> turns, int repeat) => new()
    {
        Upstream = variant.Settings.Upstream!,
        Model = variant.Settings.Model!,
        Messages = turns,
        Parameters = Parameters(variant, suite, repeat),
        Tools = variant.Settings.Tools,
        Repeat = repeat,
        Purpose = $"{variant.Key}/{golden.Id}",
    };

    private static ImmutableSortedDictionary<string, JsonElement> Parameters(SuiteVariant variant, Suite suite, int repeat)
    {
        var parameters = variant.Settings.Parameters;
        if (!parameters.ContainsKey("temperature")) parameters = parameters.Add("temperature", JsonElement.Parse("0"));
        // Repeats are draws of their own; the same draw of every variant has the same seed.
        if (!parameters.ContainsKey("seed")) parameters = parameters.Add("seed", JsonElement.Parse((suite.Run.Seed + repeat).ToString(CultureInfo.InvariantCulture)));
        return parameters;
    }

    private static DefinitionProblem Missing(GoldenCase golden, string name, string user)
    {
        var (file, line) = (golden.Place, 0);
        if (golden.Place?.LastIndexOf(':') is { } colon and > 0 && int.TryParse(golden.Place.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at)) (file, line) = (golden.Place[..colon], at);
        return new DefinitionProblem(ProblemSeverity.Error, "missing-variable", file, line, "vars." + name, $"the case '{golden.Id}' has no value for {{{{{name}}}}}, which {user} needs", Experiments.Reading.Suggestions.Hint(name, golden.Variables.Keys) ?? $"add vars: {{ {name}: … }} to the case");
    }
}
