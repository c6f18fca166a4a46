using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>A reply as read, or why it could not be.</summary>
/// <param name="Value">Null when it could not be read.</param>
/// <param name="Problem">For people; null when it was read.</param>
internal readonly record struct Read<T>(T? Value, string? Problem) where T : class
{
    public static Read<T> Failed(string problem) => new(null, problem);
}

/// <summary>Reads judges' replies strictly: what is not in the declared form is no verdict, whatever it seems to say.</summary>
internal static class Reading
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Scores by axis.</summary>
    public static Read<ScoreReply> Scores(string text, JudgeSpec spec) =>
        spec.Form == ReplyForm.FinalLine ? FinalScores(text, spec.Rubric.Axes) : WithObject<ScoreReply>(text, root =>
        {
            if (Unknown(root, "reason", "scores") is { } unknown) return Read<ScoreReply>.Failed(unknown);
            if (!root.TryGetProperty("scores", out var scores)) return Read<ScoreReply>.Failed("there is no \"scores\"");
            var values = Axes(scores, spec.Rubric.Axes, out var problem);
            return values is null ? Read<ScoreReply>.Failed(problem!) : new(new ScoreReply([values], Reason(root)), null);
        });

    /// <summary>Scores by turn and axis.</summary>
    public static Read<ScoreReply> Turns(string text, JudgeSpec spec, int turns) => WithObject<ScoreReply>(text, root =>
    {
        if (Unknown(root, "reason", "turns") is { } unknown) return Read<ScoreReply>.Failed(unknown);
        if (!root.TryGetProperty("turns", out var list) || list.ValueKind != JsonValueKind.Array) return Read<ScoreReply>.Failed("there is no list \"turns\"");
        if (list.GetArrayLength() != turns) return Read<ScoreReply>.Failed($"there are {turns} turns, and {list.GetArrayLength()} were scored");
        var all = ImmutableArray.CreateBuilder<ImmutableSortedDictionary<string, int>>();
        foreach (var turn in list.EnumerateArray())
        {
            if (turn.ValueKind != JsonValueKind.Object || !turn.TryGetProperty("turn", out var number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out var n) || n != all.Count + 1)
                return Read<ScoreReply>.Failed("the turns are not numbered 1, 2, … in their order");
            if (Unknown(turn, "turn", "scores") is { } more) return Read<ScoreReply>.Failed(more);
            if (!turn.TryGetProperty("scores", out var scores)) return Read<ScoreReply>.Failed($"turn {n} has no \"scores\"");
            if (Axes(scores, spec.Rubric.Axes, out var problem) is not { } values) return Read<ScoreReply>.Failed(problem!);
            all.Add(values);
        }
        return new(new ScoreReply(all.ToImmutable(), Reason(root)), null);
    });

    /// <summary>A, B or TIE.</summary>
    public static Read<PairReply> Winner(string text, ReplyForm form)
    {
        if (form == ReplyForm.FinalLine)
        {
            if (LastLine(text, "VERDICT:", out var before, out var problem) is not { } last) return Read<PairReply>.Failed(problem!);
            return last is "A" or "B" or "TIE" ? new(new PairReply(last, before), null) : Read<PairReply>.Failed($"the verdict is '{Short(last)}', not A, B or TIE");
        }
        return WithObject<PairReply>(text, root =>
        {
            if (Unknown(root, "reason", "winner") is { } unknown) return Read<PairReply>.Failed(unknown);
            if (!root.TryGetProperty("winner", out var winner) || winner.ValueKind != JsonValueKind.String) return Read<PairReply>.Failed("there is no \"winner\"");
            var value = winner.GetString()!;
            return value is "A" or "B" or "TIE" ? new(new PairReply(value, Reason(root)), null) : Read<PairReply>.Failed($"the winner is '{Short(value)}', not A, B or TIE");
        });
    }

    /// <summary>Claims, statements or documents, each with whether it holds.</summary>
    public static Read<ItemReply> Items(string text, int? count) => WithObject<ItemReply>(text, root =>
    {
        if (Unknown(root, "reason", "items") is { } unknown) return Read<ItemReply>.Failed(unknown);
        if (!root.TryGetProperty("items", out var list) || list.ValueKind != JsonValueKind.Array) return Read<ItemReply>.Failed("there is no list \"items\"");
        if (count is { } wanted && list.GetArrayLength() != wanted) return Read<ItemReply>.Failed($"there are {wanted} documents, and {list.GetArrayLength()} were judged");
        var items = ImmutableArray.CreateBuilder<(string, bool)>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("holds", out var holds) || holds.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                return Read<ItemReply>.Failed($"item {items.Count + 1} does not say whether it holds");
            if (Unknown(item, "text", "holds") is { } more) return Read<ItemReply>.Failed(more);
            items.Add((item.TryGetProperty("text", out var said) ? said.ToString() : "", holds.GetBoolean()));
        }
        return new(new ItemReply(items.ToImmutable()), null);
    });

    /// <summary>The JSON part of a reply: all of it, or the inside of a single code fence that is all of it.</summary>
    public static string Body(string text)
    {
        var body = text.Trim();
        if (!body.StartsWith("```", StringComparison.Ordinal) || !body.EndsWith("```", StringComparison.Ordinal) || body.Length < 6) return body;
        var line = body.IndexOf('\n', StringComparison.Ordinal);
        return line > 0 && body[3..line].Trim() is "" or "json" or "JSON" ? body[(line + 1)..^3].Trim() : body;
    }

    private static Read<T> WithObject<T>(string text, Func<JsonElement, Read<T>> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(Body(text), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : Read<T>.Failed("it is JSON, but not an object");
        }
        catch (JsonException)
        {
            return Read<T>.Failed(text.Trim().Length == 0 ? "it is empty" : "it is not one JSON object");
        }
    }

    private static ImmutableSortedDictionary<string, int>? Axes(JsonElement scores, ImmutableArray<RubricAxis> axes, out string? problem)
    {
        problem = null;
        if (scores.ValueKind != JsonValueKind.Object) problem = "\"scores\" is not an object";
        else problem = Unknown(scores, [.. axes.Select(a => a.Key)]);
        if (problem is not null) return null;
        var values = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var axis in axes)
        {
            if (!scores.TryGetProperty(axis.Key, out var score)) problem = $"{axis.Key} has no score";
            else if (score.ValueKind != JsonValueKind.Number || !score.TryGetInt32(out var value) || value is < RubricAxis.Lowest or > RubricAxis.Highest)
                problem = $"{axis.Key} is {Short(score.GetRawText())}, not a whole number from 1 to 5";
            else values[axis.Key] = value;
            if (problem is not null) return null;
        }
        return values.ToImmutable();
    }

    private static Read<ScoreReply> FinalScores(string text, ImmutableArray<RubricAxis> axes)
    {
        if (LastLine(text, "SCORES:", out var before, out var problem) is not { } last) return Read<ScoreReply>.Failed(problem!);
        var values = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var part in last.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? part : part[..equals].Trim();
            if (!axes.Any(a => a.Key == key)) return Read<ScoreReply>.Failed($"'{Short(key)}' is no axis");
            if (equals < 0 || !int.TryParse(part[(equals + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < RubricAxis.Lowest or > RubricAxis.Highest)
                return Read<ScoreReply>.Failed($"'{Short(part)}' is not a whole number from 1 to 5");
            if (!values.TryAdd(key, value)) return Read<ScoreReply>.Failed($"{key} is scored twice");
        }
        return values.Count == axes.Length ? new(new ScoreReply([values.ToImmutable()], before), null) : Read<ScoreReply>.Failed("not every axis has a score");
    }

    // Two lines in the verdict's form are no verdict unless they say the same: a quoted one would be taken for the judge's own.
    private static string? LastLine(string text, string label, out string before, out string? problem)
    {
        string[] lines = text.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        var last = lines[^1].Trim();
        before = Short(string.Join('\n', lines[..^1]).Trim(), 500);
        problem = !last.StartsWith(label, StringComparison.Ordinal) ? $"its last line does not start with {label}"
            : lines[..^1].Any(l => l.Trim().StartsWith(label, StringComparison.Ordinal) && l.Trim() != last) ? $"it has several lines that start with {label}, and they differ" : null;
        return problem is null ? last[label.Length..].Trim() : null;
    }

    private static string? Unknown(JsonElement element, params string[] known)
    {
        foreach (var property in element.EnumerateObject())
            if (!known.Contains(property.Name)) return $"'{Short(property.Name)}' was not asked for";
        return null;
    }

    private static string Reason(JsonElement root) => root.TryGetProperty("reason", out var reason) ? Short(reason.ValueKind == JsonValueKind.String ? reason.GetString()! : reason.GetRawText(), 500) : "";

    private static string Short(string text, int most = 40) => text.Length <= most ? text : text[..most] + "…";
}
