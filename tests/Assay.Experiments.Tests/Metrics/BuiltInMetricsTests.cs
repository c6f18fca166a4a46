using System.Text.Json;

namespace Assay.Experiments.Tests.Metrics;

public sealed class BuiltInMetricsTests
{
    private const string Names = """
        latency_p50 latency_p50_warm latency_p50_cold latency_p95 latency_p95_warm latency_p95_cold latency_p99 latency_p99_warm latency_p99_cold
        ttft_p95 ttft_p95_warm ttft_p95_cold tpot_mean tpot_mean_warm tpot_mean_cold itl_p95 itl_p95_warm itl_p95_cold
        error_rate empty_response_rate refusal_rate json_validity input_tokens output_tokens tool_calls cost_per_response cost_per_1k_tokens blocked_rate
        resolution_rate escalation_rate csat like_rate regeneration_rate copy_rate turns_to_resolution time_to_completion first_try_completion cost_per_resolved repeat_usage_7d
        policy_compliance hallucination_rate safety_rate toxicity helpfulness faithfulness
        """;

    [Fact]
    public void All_Names_AreThoseOfTheContract() =>
        Assert.Equal(Names.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), BuiltInMetrics.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void All_Conditions_Parse()
    {
        foreach (var metric in BuiltInMetrics.All.Values)
            foreach (var where in new[] { metric.Source.Where, metric.Denominator?.Where }.OfType<string>())
                Assert.Null(AudienceCondition.Parse(where).Problem);
    }

    [Theory]
    [InlineData("error_rate", """{"status":"timeout"}""", true)]
    [InlineData("error_rate", """{"status":"ok"}""", false)]
    [InlineData("empty_response_rate", """{"status":"ok","outputTokens":0}""", true)]
    [InlineData("empty_response_rate", """{"status":"ok","outputTokens":0,"toolCalls":2}""", false)]
    [InlineData("empty_response_rate", """{"status":"ok"}""", false)]
    [InlineData("empty_response_rate", """{"status":"ok","outputTokens":0,"empty":false}""", false)]
    [InlineData("empty_response_rate", """{"status":"ok","outputTokens":3,"empty":true}""", true)]
    [InlineData("refusal_rate", """{"refusal":true}""", true)]
    [InlineData("refusal_rate", """{"finishReason":"content_filter"}""", true)]
    [InlineData("latency_p95_warm", """{"cache":"warm"}""", true)]
    [InlineData("latency_p95_warm", """{"cache":"cold"}""", false)]
    [InlineData("hallucination_rate", """{"metric":"hallucination_rate"}""", true)]
    public void All_Conditions_SelectTheRowsTheyMean(string metric, string row, bool expected)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row);
        Assert.Equal(expected, AudienceCondition.Parse(BuiltInMetrics.Find(metric)!.Source.Where!).Condition!.Evaluate(new UnitAttributes(values)));
    }
}
