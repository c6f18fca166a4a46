using static Assay.Evaluation.ArenaGate;

namespace Assay.Evaluation;

/// <summary>Limits on what answers take: observed values, not estimates of a population.</summary>
internal static class GateLimits
{
    public static IEnumerable<GateReason> Of(GatePolicy policy, string treatment, ArenaRun run)
    {
        var answers = run.Answers.Where(a => a.Variant == treatment && a.Answer is not null).Select(a => a.Answer!).ToList();
        if (policy.MaxLatencyP95Ms is { } slowest)
        {
            var latencies = answers.Select(a => a.LatencyMs).ToList();
            if (latencies.Count == 0 || latencies.Contains(null))
                yield return new GateReason("latency", GateOutcome.Invalid, treatment, SuiteMetrics.LatencyMs, $"the latency of {latencies.Count(l => l is null)} answers of {treatment} is unknown, and the policy limits it");
            else
            {
                var sorted = latencies.Select(l => l!.Value).Order().ToList();
                var p95 = sorted[(int)Math.Ceiling(0.95 * sorted.Count) - 1];
                yield return new GateReason("latency", p95 <= slowest ? GateOutcome.Pass : GateOutcome.Fail, treatment, SuiteMetrics.LatencyMs, Text($"95 of 100 answers of {treatment} came within {p95:0} ms, at most {slowest:0} are allowed"));
            }
        }
        if (policy.MaxCostPerAnswerUsd is not { } dearest) yield break;
        var costs = answers.Select(a => a.CostUsd).ToList();
        if (costs.Count == 0 || costs.Contains(null))
            yield return new GateReason("cost", GateOutcome.Invalid, treatment, SuiteMetrics.CostUsd, $"the cost of answers of {treatment} is unknown, and the policy limits it");
        else
            yield return new GateReason("cost", costs.Average() <= dearest ? GateOutcome.Pass : GateOutcome.Fail, treatment, SuiteMetrics.CostUsd, Text($"an answer of {treatment} costs {costs.Average():0.######} USD on average, at most {dearest:0.######} are allowed"));
    }
}
