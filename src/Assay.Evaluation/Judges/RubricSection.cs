using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>The keys of a rubric.</summary>
internal static partial class RubricSection
{
    private static readonly Dictionary<string, bool> Directions = new(StringComparer.Ordinal) { ["higher"] = true, ["lower"] = false };

    public static Rubric? Read(Section section)
    {
        var key = section.RequiredText("rubric");
        if (key is not null && !KeyForm().IsMatch(key)) section.Error("key-form", "rubric", $"'{key}' must consist of lower-case letters, digits and hyphens");
        var task = section.RequiredText("task");
        var needs = section.List("needs", orOne: true).Select(item => Section.Text(item.Node, item.Path, section.Source)).OfType<string>().ToArray();
        foreach (var need in needs.Where(n => n is not ("context" or "expected")))
            section.Error("unknown-value", "needs", $"'{need}' is nothing that a rubric can need; there are context, expected", Suggestions.Hint(need, ["context", "expected"]));
        var axes = section.List("axes").Select(item => Axis(item.Node, item.Path, section.Source)).OfType<RubricAxis>().ToImmutableArray();
        if (!section.Has("axes")) section.Missing("axes", "a rubric scores at least one axis: { key: clarity, anchors: { 1: …, 5: … } }");
        else if (axes.IsEmpty && !section.Source.Problems.HasErrors) section.Error("empty", "axes", "a rubric needs at least one axis");
        foreach (var twice in axes.GroupBy(a => a.Key, StringComparer.Ordinal).Where(g => g.Count() > 1))
            section.Error("duplicate-key", "axes", $"there are two axes '{twice.Key}'");
        var perTurn = section.Take("perTurn") is ScalarNode { Boolean: { } flag } && flag;
        var steps = section.List("steps").Select(item => Section.Text(item.Node, item.Path, section.Source)).OfType<string>().ToImmutableArray();
        var examples = section.List("examples").Select(item => Example(item.Node, item.Path, section.Source, axes)).OfType<RubricExample>().ToImmutableArray();
        var used = Used(section);
        section.Finish();
        return key is null || task is null || axes.IsEmpty ? null : new Rubric
        {
            Key = key,
            Task = task.Trim(),
            Axes = axes,
            Steps = steps,
            Examples = examples,
            NeedsContext = needs.Contains("context"),
            NeedsExpected = needs.Contains("expected"),
            PerTurn = perTurn,
            UsedLabels = used,
        };
    }

    private static RubricAxis? Axis(Node node, string path, Source source)
    {
        if (Section.Of(node, path, source) is not { } section) return null;
        var key = section.RequiredText("key");
        if (key is not null && !KeyForm().IsMatch(key)) section.Error("key-form", "key", $"'{key}' must consist of lower-case letters, digits and hyphens");
        var question = section.Text("question") ?? "";
        var anchors = ImmutableSortedDictionary.CreateBuilder<int, string>();
        if (section.Map("anchors") is { } map)
        {
            foreach (var entry in map.Entries)
            {
                var text = map.Text(entry.Key);
                if (int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var score) && score is >= RubricAxis.Lowest and <= RubricAxis.Highest)
                    anchors[score] = text ?? "";
                else map.Error("anchor", entry.Key, $"'{entry.Key}' is no score", $"scores go from {RubricAxis.Lowest} to {RubricAxis.Highest}");
            }
            if (anchors.Count < 2) section.Error("anchors", "anchors", "an axis needs anchors for at least 2 scores, or nobody knows what a score means");
        }
        else if (!section.Has("anchors")) section.Missing("anchors", "say what the scores mean: { 1: …, 3: …, 5: … }");
        var higher = section.OneOf("better", Directions) ?? true;
        var pass = (int?)section.Number("pass", n => n == Math.Floor(n) && n is >= RubricAxis.Lowest and <= RubricAxis.Highest, $"a score from {RubricAxis.Lowest} to {RubricAxis.Highest}");
        section.Finish();
        return key is null || anchors.Count == 0 ? null : new RubricAxis { Key = key, Question = question, Anchors = anchors.ToImmutable(), HigherIsBetter = higher, Pass = pass };
    }

    private static RubricExample? Example(Node node, string path, Source source, ImmutableArray<RubricAxis> axes)
    {
        if (Section.Of(node, path, source) is not { } section) return null;
        string? item = section.Text("item"), answer = section.RequiredText("answer");
        string input = section.Text("input") ?? "", reason = section.Text("reason") ?? "";
        var scores = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        if (section.Map("scores") is { } map)
        {
            foreach (var axis in axes)
                if (map.Number(axis.Key, n => n is >= RubricAxis.Lowest and <= RubricAxis.Highest && n == Math.Floor(n), "a score from 1 to 5") is { } score) scores[axis.Key] = (int)score;
            map.Finish();
        }
        else section.Missing("scores", "an example shows how it was scored");
        section.Finish();
        return answer is null ? null : new RubricExample { Item = item, Input = input, Answer = answer, Reason = reason, Scores = scores.ToImmutable() };
    }

    // Either items by name, or files of labels whose items were looked at.
    private static ImmutableSortedSet<string> Used(Section section)
    {
        var hashes = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var (node, path) in section.List("usedLabels", orOne: true))
        {
            if (Section.Of(node, path, section.Source) is not { } used) continue;
            foreach (var (item, itemPath) in used.List("items", orOne: true))
                if (Section.Text(item, itemPath, used.Source) is { } text) hashes.Add(LabelHash.Of(text));
            if (used.Text("file") is { } file && used.Source.ReadReferenced(file, used.LineOf("file"), used.PathOf("file"), out var name) is { } content)
            {
                var labels = LabelFile.Parse(content, name);
                foreach (var problem in labels.Problems) used.Error("labels", "file", problem);
                foreach (var label in labels.Labels) hashes.Add(LabelHash.Of(label.Item));
            }
            used.Finish();
        }
        return hashes.ToImmutable();
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex KeyForm();
}
