using System.Collections.Immutable;
using System.Text.Json;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>One entry of a suite's <c>judges</c>.</summary>
internal static class JudgeSection
{
    private static readonly Dictionary<string, JudgeMode> Modes = new(StringComparer.Ordinal)
    {
        ["score"] = JudgeMode.Score,
        ["pairwise"] = JudgeMode.Pairwise,
        ["faithfulness"] = JudgeMode.Faithfulness,
        ["answer-relevance"] = JudgeMode.AnswerRelevance,
        ["context-precision"] = JudgeMode.ContextPrecision,
        ["context-recall"] = JudgeMode.ContextRecall,
        ["criteria"] = JudgeMode.Criteria,
    };

    private static readonly Dictionary<string, OrderRule> OrderRules = new(StringComparer.Ordinal) { ["random"] = OrderRule.Random, ["both"] = OrderRule.Both };
    private static readonly Dictionary<string, PairRule> PairRules = new(StringComparer.Ordinal) { ["control"] = PairRule.Control, ["round"] = PairRule.Round };
    private static readonly Dictionary<string, ReplyForm> Forms = new(StringComparer.Ordinal) { ["json"] = ReplyForm.Json, ["final-line"] = ReplyForm.FinalLine };
    private static readonly Dictionary<string, PanelRule> Panels = new(StringComparer.Ordinal) { ["mean"] = PanelRule.Mean, ["vote"] = PanelRule.Vote };

    /// <summary>Null, with problems, when it cannot be used.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="path">Where it stands: judges[0].</param>
    /// <param name="source">The suite's file, from which rubrics and calibrations are looked for.</param>
    /// <param name="seed">The suite's seed.</param>
    public static JudgeSpec? Read(Node node, string path, Source source, long seed)
    {
        if (Section.Of(node, path, source) is not { } section) return null;
        var key = section.RequiredText("key");
        var mode = section.OneOf("mode", Modes) ?? JudgeMode.Score;
        var members = Members(section);
        var rubric = RubricOf(section, mode, key);
        var spec = key is null || members.IsEmpty || rubric is null ? null : new JudgeSpec
        {
            Key = key,
            Members = members,
            Rubric = rubric,
            Mode = mode,
            Orders = section.OneOf("orders", OrderRules) ?? OrderRule.Random,
            Pairs = section.OneOf("pairs", PairRules) ?? PairRule.Control,
            Form = section.OneOf("form", Forms) ?? ReplyForm.Json,
            Panel = section.OneOf("panelRule", Panels) ?? PanelRule.Mean,
            Repeats = section.Integer("repeats", 1) ?? 1,
            UsesLogProbabilities = section.Take("logProbabilities") is ScalarNode { Boolean: true },
            Seed = seed,
            Parameters = section.Take("parameters") is MappingNode parameters
                ? parameters.Entries.ToImmutableSortedDictionary(e => e.Key, e => NodeJson.ToElement(e.Value), StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, JsonElement>.Empty,
        };
        foreach (var asked in (string[])["orders", "pairs", "form", "panelRule", "repeats", "logProbabilities", "parameters"]) section.Take(asked);
        if (spec is { UsesLogProbabilities: true } && (spec.Mode != JudgeMode.Score || spec.Rubric.PerTurn))
            section.Warning("no-effect", "logProbabilities", "token probabilities weight scores of single answers only, and have no effect here");
        if (section.Has("pairs") && mode != JudgeMode.Pairwise) section.Warning("no-effect", "pairs", "only a pairwise judge compares pairs");
        if (section.Text("calibration") is { } file && source.ReadReferenced(file, section.LineOf("calibration"), section.PathOf("calibration"), out var name) is { } text)
        {
            try
            {
                if (spec is not null) spec = spec with { Calibration = JsonSerializer.Deserialize(text, CalibrationJson.Default.CalibrationRecord) };
            }
            catch (JsonException)
            {
                section.Error("calibration", "calibration", $"'{name}' is no calibration", "make one with: assay judge calibrate LABELS --format json --judge-hash HASH > calibration.json");
            }
        }
        section.Finish();
        return spec;
    }

    private static ImmutableArray<JudgeMember> Members(Section section)
    {
        string? upstream = section.Text("upstream"), model = section.Text("model");
        if (!section.Has("panel"))
        {
            if (upstream is null) section.Missing("upstream");
            if (model is null) section.Missing("model", "or a panel: [{ model: … }, { model: … }]");
            return upstream is null || model is null ? [] : [new JudgeMember(upstream, model)];
        }
        if (model is not null) section.Error("model-and-panel", "model", "a judge is one model or a panel, not both", "put the model into the panel");
        var members = ImmutableArray.CreateBuilder<JudgeMember>();
        foreach (var (node, path) in section.List("panel"))
        {
            if (Section.Of(node, path, section.Source) is not { } member) continue;
            var at = member.Text("upstream") ?? upstream;
            var named = member.RequiredText("model");
            if (at is null) member.Missing("upstream");
            member.Finish();
            if (at is not null && named is not null) members.Add(new JudgeMember(at, named));
        }
        foreach (var twice in members.GroupBy(m => m.Model, StringComparer.Ordinal).Where(g => g.Count() > 1))
            section.Error("duplicate-key", "panel", $"'{twice.Key}' sits on the panel twice", "repeats: 2 asks a model twice");
        return members.ToImmutable();
    }

    // Retrieval modes say by themselves what is judged; the others need a rubric, of the user's own or a preset.
    private static Rubric? RubricOf(Section section, JudgeMode mode, string? key)
    {
        string? file = section.Text("rubric"), preset = section.Text("preset");
        if (mode is not (JudgeMode.Score or JudgeMode.Pairwise))
        {
            if (file is not null || preset is not null) section.Error("rubric-not-used", file is not null ? "rubric" : "preset", "this mode has a task of its own and takes no rubric");
            return Rubric.Of(key ?? "share", mode.ToString(), "share", "none", "all");
        }
        if (file is not null && preset is not null) section.Error("rubric-and-preset", "preset", "a judge has one rubric: a file or a preset");
        if (preset is not null)
        {
            if (Presets.Find(preset) is { } found) return found;
            section.Error("unknown-value", "preset", $"there is no preset '{preset}'; there are {string.Join(", ", Presets.Names)}", Suggestions.Hint(preset, Presets.Names));
            return null;
        }
        if (file is null)
        {
            section.Missing("rubric", $"name a rubric file, or a preset: {string.Join(", ", Presets.Names)}");
            return null;
        }
        if (section.Source.ReadReferenced(file, section.LineOf("rubric"), section.PathOf("rubric"), out var name) is not { } text) return null;
        section.Source.Problems.Opened(name);
        var folder = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(section.Source.Directory!, file)));
        return RubricReader.Read(text, new Source(name, folder, section.Source.Problems));
    }
}
