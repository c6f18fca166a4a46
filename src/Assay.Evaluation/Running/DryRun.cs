using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>What a run would ask and cost, without asking.</summary>
/// <param name="Calls">To models and applications, those that the log can answer left out.</param>
/// <param name="Remembered">Answers that the log has.</param>
/// <param name="JudgeCalls">To judges, when every reply can be read; those that the log can answer cannot be told before the answers are there.</param>
/// <param name="InputTokens">Guessed from the number of bytes; of the variants' calls only.</param>
/// <param name="OutputTokens">Guessed.</param>
/// <param name="CostUsd">Of the variants' calls; null when a price is unknown.</param>
/// <param name="UnknownPrices">Models without a price.</param>
public sealed record DryRun(int Calls, int Remembered, int JudgeCalls, long InputTokens, long OutputTokens, double? CostUsd, IReadOnlyList<string> UnknownPrices)
{
    /// <summary>Of all calls to judges, answers taken to have as many tokens as are assumed for them; those that the log can answer cost nothing again.</summary>
    public long JudgeInputTokens { get; init; }

    /// <summary>Guessed.</summary>
    public long JudgeOutputTokens { get; init; }

    /// <summary>Of the calls to judges; null when a price is unknown.</summary>
    public double? JudgeCostUsd { get; init; }

    public static DryRun Of(ArenaPlan plan, AnswerLog? log, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var prices = new PriceTable(plan.Suite.Prices);
        int calls = 0, remembered = 0;
        long input = 0, output = 0;
        double? cost = 0;
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var cell in plan.Cells)
        {
            if (cell.Variant.Outputs is not null) continue;
            var key = cell.Call is { } c ? CallKey.Of(plan.Suite.Upstreams[c.Upstream].BaseUrl, c) : CallKey.Of(cell.Variant, plan.Suite, cell.Golden, cell.Repeat);
            if (log?.Find(key) is not null)
            {
                remembered++;
                continue;
            }
            calls++;
            if (cell.Call is not { } call)
            {
                cost = null;
                unknown.Add(cell.Variant.Key);
                continue;
            }
            input += CostEstimate.InputTokens(call);
            output += CostEstimate.OutputTokens(call);
            var price = prices.Find(null, call.Model, today);
            cost += CostEstimate.Expected(call, price);
            if (price is null) unknown.Add(call.Model);
        }
        foreach (var member in plan.Suite.Judges.SelectMany(j => j.Members))
            if (prices.Find(null, member.Model, today) is null) unknown.Add(member.Model);
        var judges = JudgeEstimate.Of(plan, prices, today);
        return new DryRun(calls, remembered, plan.JudgeCalls, input, output, cost, [.. unknown]) { JudgeInputTokens = judges.InputTokens, JudgeOutputTokens = judges.OutputTokens, JudgeCostUsd = judges.CostUsd };
    }
}
