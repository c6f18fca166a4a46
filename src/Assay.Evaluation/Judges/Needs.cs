namespace Assay.Evaluation;

/// <summary>What a judge must be shown before it can be asked.</summary>
internal static class Needs
{
    /// <summary>Why the case cannot be judged; null when it can.</summary>
    public static string? Missing(JudgeSpec spec, GoldenCase golden, IReadOnlyList<string> context)
    {
        var ofRetrieval = spec.Mode is JudgeMode.ContextPrecision or JudgeMode.ContextRecall;
        if (context.Count == 0 && (spec.Rubric.NeedsContext || ofRetrieval || spec.Mode == JudgeMode.Faithfulness)) return $"'{spec.Key}' needs source context, and neither the case nor the answer has any";
        if (string.IsNullOrWhiteSpace(golden.Expected) && (spec.Rubric.NeedsExpected || ofRetrieval)) return $"'{spec.Key}' needs a reference answer, and the case has none";
        return null;
    }

    /// <summary>How many items a reply must have: one for each document or criterion shown; null: as many as the judge finds.</summary>
    public static int? Items(JudgeSpec spec, GoldenCase golden, IReadOnlyList<string> context) =>
        spec.Mode switch { JudgeMode.ContextPrecision => context.Count, JudgeMode.Criteria => golden.Criteria.Length, _ => null };

    /// <summary>Repeats of the answer and of the judge are calls of their own, also when their texts are alike.</summary>
    public static int CallRepeat(JudgeSpec spec, int repeat, int judgeRepeat) => repeat * spec.Repeats + judgeRepeat;
}
