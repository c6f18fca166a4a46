using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>Which metrics a suite's run has.</summary>
public static class SuiteMetrics
{
    /// <summary>1 when every check of the case that can fail passes, else 0.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>Mean of the checks' values by weight.</summary>
    public const string Score = "score";

    public const string LatencyMs = "latencyMs";
    public const string TtftMs = "ttftMs";
    public const string CostUsd = "costUsd";
    public const string InputTokens = "inputTokens";
    public const string OutputTokens = "outputTokens";

    /// <summary>Measured on every answer that reports them; less is better.</summary>
    public static ImmutableArray<string> Measured { get; } = [LatencyMs, TtftMs, CostUsd, InputTokens, OutputTokens];

    /// <summary>The metrics of one judge.</summary>
    public static IEnumerable<string> OfJudge(JudgeSpec judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        if (judge.Mode == JudgeMode.Criteria) return [judge.Key, judge.Key + CriteriaScore.Pass];
        if (judge.Mode != JudgeMode.Score) return [judge.Key];
        return judge.Rubric.Axes.SelectMany(axis =>
        {
            var name = judge.Rubric.Axes.Length == 1 ? judge.Key : $"{judge.Key}.{axis.Key}";
            return axis.Pass is null ? (string[])[name] : [name, name + ".pass"];
        });
    }

    /// <summary>All that can have a value, checks first.</summary>
    public static ImmutableArray<string> Names(Suite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var checks = suite.Checks.Concat(suite.Cases.SelectMany(c => c.Checks)).Select(c => c.MetricName).Distinct(StringComparer.Ordinal).ToList();
        var judged = suite.Judges.SelectMany(OfJudge);
        return [.. checks.Concat(checks.Count == 0 ? [] : [Accuracy, Score]).Concat(judged).Concat(Measured).Distinct(StringComparer.Ordinal)];
    }
}
