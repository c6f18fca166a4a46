using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>What judges' calls would take: their real prompts, with texts of the assumed length where the answers will be.</summary>
/// <param name="InputTokens">Guessed from the number of bytes.</param>
/// <param name="OutputTokens">Guessed.</param>
/// <param name="CostUsd">Null when a price is unknown.</param>
internal sealed record JudgeEstimate(long InputTokens, long OutputTokens, double? CostUsd)
{
    public static JudgeEstimate Of(ArenaPlan plan, PriceTable prices, DateOnly today)
    {
        var (variants, filled) = (plan.Suite.Variants.Length, plan.Cells.GroupBy(c => c.Golden.Id, StringComparer.Ordinal).Select(g => g.First().Golden).ToList());
        long input = 0, output = 0;
        double? cost = 0;
        foreach (var judge in plan.Suite.Judges)
            foreach (var golden in filled.Where(judge.Concerns))
            {
                var context = Material.Context(judge, golden, []);
                if (Needs.Missing(judge, golden, context) is not null) continue;
                var calls = plan.Repeats * judge.Repeats * (judge.Mode == JudgeMode.Pairwise ? judge.PairsOf(variants) * (judge.Orders == OrderRule.Both ? 2 : 1) : variants);
                foreach (var member in judge.Members)
                {
                    var (call, _) = Material.Call(judge, member, golden, Answers(judge.Mode), context, 0);
                    input += calls * CostEstimate.InputTokens(call);
                    output += calls * CostEstimate.OutputTokens(call);
                    cost += calls * CostEstimate.Expected(call, prices.Find(null, member.Model, today));
                }
            }
        return new JudgeEstimate(input, output, cost);
    }

    private static IReadOnlyList<(string Name, string Text)> Answers(JudgeMode mode)
    {
        var text = new string('x', 4 * CostEstimate.AssumedOutputTokens);
        return mode switch { JudgeMode.Pairwise => [("ANSWER A", text), ("ANSWER B", text)], JudgeMode.ContextPrecision or JudgeMode.ContextRecall => [], _ => [("ANSWER", text)] };
    }
}
