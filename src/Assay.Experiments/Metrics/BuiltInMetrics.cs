using System.Collections.Frozen;

namespace Assay.Experiments;

/// <summary>The metrics that need no definition. What each one means exactly, and why so, is in docs/concepts/metrics.md.</summary>
public static class BuiltInMetrics
{
    /// <summary>Value field of a generation that the stores compute: (inputTokens + outputTokens) / 1000; null when either is.</summary>
    public const string TotalTokensIn1K = "totalTokensIn1K";

    /// <summary>Field of a generation: whether the answer parses as JSON, when JSON was asked for; absent otherwise.</summary>
    public const string JsonValid = "jsonValid";

    private const string Generation = "generation";
    private const string Value = "value";

    public static FrozenDictionary<string, Metric> All { get; } = FromGenerations().Concat(FromOutcomes()).Concat(FromScores())
        .ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);

    /// <summary>Null when there is none of that name.</summary>
    public static Metric? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<Metric> FromGenerations()
    {
        Metric[] speeds =
        [
            Quantile("latency_p50", 0.5, "latencyMs"),
            Quantile("latency_p95", 0.95, "latencyMs"),
            Quantile("latency_p99", 0.99, "latencyMs"),
            Quantile("ttft_p95", 0.95, "ttftMs"),
            New("tpot_mean", MetricType.Mean, Direction.Lower, new(Generation, "tpotMs", AggregateKind.Mean), "ms"),
            Quantile("itl_p95", 0.95, "itlP95Ms"),
        ];
        foreach (var speed in speeds)
        {
            yield return speed;
            foreach (var cache in new[] { "warm", "cold" })
                yield return speed with { Name = speed.Name + "_" + cache, Source = speed.Source with { Where = $"cache == '{cache}'" } };
        }
        yield return AnyGeneration("error_rate", "status in ['error', 'timeout']");
        yield return AnyGeneration("empty_response_rate", "empty or (empty == null and status == 'ok' and outputTokens == 0 and (toolCalls == null or toolCalls == 0))");
        yield return AnyGeneration("refusal_rate", "refusal or finishReason in ['refusal', 'content_filter']");
        yield return AnyGeneration("blocked_rate", "status == 'blocked'");
        yield return New("json_validity", MetricType.Mean, Direction.Higher, new(Generation, JsonValid, AggregateKind.Mean));
        yield return New("input_tokens", MetricType.Mean, Direction.Lower, new(Generation, "inputTokens", AggregateKind.Mean), "tokens");
        yield return New("output_tokens", MetricType.Mean, Direction.Lower, new(Generation, "outputTokens", AggregateKind.Mean), "tokens");
        yield return New("tool_calls", MetricType.Mean, Direction.Lower, new(Generation, "toolCalls", AggregateKind.Sum));
        yield return Cost("cost_per_response", new(Generation, Value, AggregateKind.Count));
        yield return Cost("cost_per_1k_tokens", new(Generation, TotalTokensIn1K, AggregateKind.Sum));
    }

    private static IEnumerable<Metric> FromOutcomes()
    {
        yield return Any("resolution_rate", Direction.Higher, "resolved");
        yield return Any("escalation_rate", Direction.Lower, "escalated");
        yield return New("csat", MetricType.Mean, Direction.Higher, new("csat", Value, AggregateKind.Mean));
        yield return Any("like_rate", Direction.Higher, "thumb") with { Missing = MissingRule.Exclude };
        yield return Any("regeneration_rate", Direction.Lower, "regenerated");
        yield return Any("copy_rate", Direction.Higher, "copied");
        yield return New("turns_to_resolution", MetricType.Mean, Direction.Lower, new(Generation, "turn", AggregateKind.Max), "turns");
        yield return New("time_to_completion", MetricType.Mean, Direction.Lower, new("taskSeconds", Value, AggregateKind.Mean), "s");
        yield return Any("first_try_completion", Direction.Higher, "resolved", "turn == 1");
        yield return Cost("cost_per_resolved", new("resolved", Value, AggregateKind.Any));
        yield return Any("repeat_usage_7d", Direction.Higher, Generation) with
        {
            Window = new MetricWindow(TimeSpan.FromDays(1), TimeSpan.FromDays(8), MetricWindow.DefaultIdle),
        };
    }

    private static IEnumerable<Metric> FromScores()
    {
        foreach (var (name, better) in new[]
        {
            ("policy_compliance", Direction.Higher), ("hallucination_rate", Direction.Lower), ("safety_rate", Direction.Higher),
            ("toxicity", Direction.Lower), ("helpfulness", Direction.Higher), ("faithfulness", Direction.Higher),
        })
            yield return New(name, MetricType.Mean, better, new("score", Value, AggregateKind.Mean, $"metric == '{name}'"));
    }

    private static Metric Quantile(string name, double quantile, string value) =>
        New(name, MetricType.Quantile, Direction.Lower, new(Generation, value, AggregateKind.Mean), "ms") with { Quantile = quantile };

    private static Metric AnyGeneration(string name, string where) => Any(name, Direction.Lower, Generation, where);

    private static Metric Any(string name, Direction better, string source, string? where = null) =>
        New(name, MetricType.Proportion, better, new(source, Value, AggregateKind.Any, where)) with { Missing = MissingRule.Zero };

    private static Metric Cost(string name, MetricSource per) =>
        New(name, MetricType.Ratio, Direction.Lower, new(Generation, "costUsd", AggregateKind.Sum), "USD") with { Denominator = per };

    private static Metric New(string name, MetricType type, Direction better, MetricSource source, string? displayUnit = null) => new()
    {
        Name = name,
        Type = type,
        Better = better,
        Source = source,
        Missing = MissingRule.Exclude,
        IsBuiltIn = true,
        DisplayUnit = displayUnit,
    };
}
