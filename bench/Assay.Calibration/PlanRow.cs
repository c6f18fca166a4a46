using Assay.Analysis;
using Assay.Experiments;

namespace Assay.Calibration;

/// <summary>Whole plans, from units to decision, by the simulator that <c>assay simulate</c> is.</summary>
public sealed record PlanRow(string Name, string Definition, double Effect, bool IsSkewed = false)
{
    private const string TwoArms = "key: plan\nvariants: [ { key: control, weight: 0.5 }, { key: treatment, weight: 0.5, promptVersion: b } ]\nmetrics: { primary: m }\n";
    private const string Rate = "\n---\nmetrics: { m: { type: proportion, event: m, better: higher } }\n";
    private const string Mean = "\n---\nmetrics: { m: { type: mean, event: m, better: higher } }\n";

    /// <summary>One look, or four, or fourteen, at several rates and at skewed means, with and without the effect.</summary>
    public static IReadOnlyList<PlanRow> All { get; } = [.. Rows()];

    public SimulationResult Measure(int runs, long seed)
    {
        var read = DefinitionReader.ReadText(Definition);
        var experiment = read.Definitions?.Experiments[0] ?? throw new InvalidOperationException(string.Join("; ", read.Problems));
        return PlanSimulator.Run(experiment, new SimulationOptions { Effect = Effect, Runs = runs, Seed = seed, Parallelism = Environment.ProcessorCount, IsSkewed = IsSkewed });
    }

    /// <summary>What of the plan's promise is broken beyond chance; null when it is kept.</summary>
    public string? Broken(SimulationResult result)
    {
        double limit = Binomial.Quantile(result.Runs, 0.055, 1 - 1e-4) / (double)result.Runs;
        if (Effect == 0 && result.RejectionRate > limit) return FormattableString.Invariant($"rejects {result.RejectionRate}, more than {limit}");
        if (1 - result.Coverage > limit) return FormattableString.Invariant($"misses {1 - result.Coverage}, more than {limit}");
        return Effect != 0 && result.RejectionRate < 0.79 - 3.72 * result.StandardError ? FormattableString.Invariant($"power {result.RejectionRate}") : null;
    }

    private static IEnumerable<PlanRow> Rows()
    {
        foreach (var (p, d) in new[] { (0.5, 0.05), (0.05, 0.02), (0.02, 0.015) })
            foreach (var looks in new[] { 1, 4, 14 })
                foreach (var effect in new[] { 0, d })
                    yield return new(FormattableString.Invariant($"rate of {p}, {looks} look{(looks == 1 ? "" : "s")}"),
                        TwoArms + FormattableString.Invariant($"plan: {{ minimumEffect: {d}, baseline: {p}{(looks == 1 ? "" : $", looks: {looks}")} }}") + Rate, effect);
        foreach (var effect in new[] { 0, 0.1 })
            yield return new("skewed mean (log-normal, skewness 1.75), 4 looks", TwoArms + "plan: { minimumEffect: 0.1, baseline: 1, sd: 0.533, looks: 4 }" + Mean, effect, true);
        foreach (var effect in new[] { 0, 0.05 })
            yield return new("two treatments, rate of .5, 4 looks, Holm", TwoArms.Replace("0.5, promptVersion: b }", "0.25, promptVersion: b }, { key: other, weight: 0.25, promptVersion: c }", StringComparison.Ordinal)
                + "plan: { minimumEffect: 0.05, baseline: 0.5, looks: 4 }" + Rate, effect);
    }
}
