using System.Text.Json.Nodes;
using Assay.Analysis;
using Assay.Experiments;

namespace Assay.Cli.Stats;

/// <summary>What <c>assay size</c> answers.</summary>
/// <param name="PerVariant">Units by variant, the control first.</param>
/// <param name="Method">How it was computed, in words.</param>
/// <param name="Finds">What the experiment then finds: "a change from 60 % to 65 %".</param>
/// <param name="UnitName">Plural of what is counted: conversations, or units when it is not known.</param>
/// <param name="Plan">Alpha, power and looks.</param>
internal sealed record SizeAnswer(IReadOnlyList<(string Variant, long Units)> PerVariant, string Method, string Finds, string UnitName, AnalysisPlan Plan)
{
    /// <summary>Under which truth it is found, with the chance before it.</summary>
    public string Condition { get; init; } = "when it is there";

    /// <summary>What goes wrong how often; null: a difference is claimed when nothing changed, at the plan's alpha.</summary>
    public string? Mistake { get; init; }

    /// <summary>Whole days at the given traffic; null without it.</summary>
    public long? Days { get; init; }

    /// <summary>Only when the number of units was given: the smallest effect found.</summary>
    public double? DetectableEffect { get; init; }

    /// <summary>What each of several primaries needs; null with one.</summary>
    public PrimarySizes? Primaries { get; init; }

    /// <summary>Units in all arms together that several looks use on average; null with one look.</summary>
    public (long AtEffect, long WithoutEffect)? Expected { get; init; }

    /// <summary>What a pilot said; null without one.</summary>
    public PilotSpread? Assumed { get; init; }

    /// <summary>Where the total lies at 95 %, the pilot's spread being an estimate; null when that is not known.</summary>
    public (long Low, long High)? TotalInterval { get; init; }

    /// <summary>Effect against days; null without traffic.</summary>
    public EffectCurve? Curve { get; init; }

    /// <summary>What the number does not cover.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public long Total => PerVariant.Sum(v => v.Units);

    /// <summary>Null when the arms differ.</summary>
    public long? PerArm => PerVariant.All(v => v.Units == PerVariant[0].Units) ? PerVariant[0].Units : null;

    public JsonObject ToJson()
    {
        var perVariant = new JsonObject();
        foreach (var (variant, units) in PerVariant) perVariant[variant] = units;
        var json = new JsonObject
        {
            ["perArm"] = PerArm,
            ["perVariant"] = perVariant,
            ["total"] = Total,
            ["method"] = Method,
            ["days"] = Days,
        };
        if (DetectableEffect is { } effect) json["detectableEffect"] = effect;
        if (Expected is { } expected) json["expectedTotal"] = new JsonObject { ["atEffect"] = expected.AtEffect, ["withoutEffect"] = expected.WithoutEffect };
        if (Assumed is not null)
        {
            json["assumed"] = Assumed.ToJson();
            json["totalInterval"] = TotalInterval is { } interval ? new JsonArray(interval.Low, interval.High) : null;
        }
        Primaries?.AddTo(json);
        if (Curve is not null) json["curve"] = Curve.ToJson();
        if (Warnings.Count > 0) json["warnings"] = new JsonArray([.. Warnings.Select(w => JsonValue.Create(w))]);
        return json;
    }

    public string ToText()
    {
        var sizes = PerArm is { } perArm ? $"{Say.Count(perArm)} {UnitName} per arm"
            : string.Join(", ", PerVariant.Select((v, i) => $"{Say.Count(v.Units)}{(i == 0 ? " " + UnitName : "")} in {v.Variant}"));
        var chance = $"with a chance of {Say.Percent(Plan.Power)}";
        var answer = DetectableEffect is null
            ? $"You need {sizes}, {Say.Count(Total)} in all, to {(Mistake is null ? "find" : "show")} {Finds} {chance} {Condition}."
            : $"With {sizes}, {Say.Count(Total)} in all, you find {Finds} {chance} when it is there; smaller ones you will often miss.";
        var lines = new List<string> { answer };
        if (Primaries is not null) lines.AddRange(Primaries.ToLines());
        if (Assumed is not null) lines.Add(Assumed.ToText());
        if (Assumed is { MeanClusterSize: { } rows }) lines.Add($"That is about {Say.Count((long)Math.Ceiling(Total / rows))} clusters in all; whole clusters are assigned.");
        if (TotalInterval is { } interval) lines.Add($"The pilot knows its spread only so well: between {Say.Count(interval.Low)} and {Say.Count(interval.High)} in all (95 %).");
        if (Days is { } days) lines.Add($"At your traffic that is {Say.Count(days)} {(days == 1 ? "day" : "days")}.");
        lines.Add($"{Mistake ?? $"If nothing changed, a difference is claimed by mistake {Say.Percent(BoundaryWarning.Spent(Plan) ?? Plan.Alpha)} of the time"}. {Looks}");
        if (Expected is { } expected)
            lines.Add($"On average {Say.Count(expected.AtEffect)} are used when the effect is there, {Say.Count(expected.WithoutEffect)} when there is none.");
        return string.Join(Environment.NewLine, lines);
    }

    private string Looks => Plan.Method == PlanMethod.Hybrid ? "Benefit is judged once, at the end; harm may end it at any time." : Plan.Looks.Length < 2 ? "One look, at the end."
        : $"That is the most it can take: {SizeLooks.Describe(Plan)}, and the experiment may stop at each.";
}
