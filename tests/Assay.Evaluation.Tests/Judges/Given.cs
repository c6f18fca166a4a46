using System.Collections.Immutable;

namespace Assay.Evaluation.Tests.Judges;

/// <summary>What the judge tests start from.</summary>
internal static class Given
{
    public static Rubric Rubric(params string[] axes) => new()
    {
        Key = "quality",
        Task = "Judge the answer.",
        Axes = [.. axes.Select(a => new RubricAxis { Key = a, Anchors = ImmutableSortedDictionary<int, string>.Empty.Add(1, "bad").Add(5, "good") })],
    };

    public static JudgeSpec Judge(JudgeMode mode = JudgeMode.Score, params string[] axes) => new()
    {
        Key = "quality",
        Members = [new JudgeMember("openai", "judge-model")],
        Rubric = Rubric(axes.Length == 0 ? ["clarity", "accuracy"] : axes),
        Mode = mode,
        Seed = 5,
    };

    public static GoldenCase Case(string id = "c1", string input = "Where is my parcel?") => new() { Id = id, Messages = [new("user", input)] };

    public static Candidate Said(string variant, string text) => new(variant, new Answer { Text = text });

    /// <summary>What stands in the call's blocks of that name, one per block.</summary>
    public static string Block(ModelCall call, string name)
    {
        var text = call.Messages[1].Content;
        var start = text.IndexOf($"[BEGIN {name} ", StringComparison.Ordinal);
        var body = text.IndexOf('\n', start) + 1;
        var marker = text[(start + $"[BEGIN {name} ".Length)..(body - 2)];
        return text[body..text.IndexOf($"\n[END {name} {marker}]", body, StringComparison.Ordinal)];
    }
}
