using Assay.Analysis;
using Assay.Experiments;

namespace Assay.Calibration;

/// <summary>Hybrid plans through the code of a report: harm at any of 14 reports, benefit once; planned for power .80.</summary>
public static class HybridPlan
{
    private const string Arms = "key: plan\nvariants: [ { key: control, weight: 0.5 }, { key: treatment, weight: 0.5, promptVersion: b } ]\nmetrics: { primary: m }\n";

    /// <summary>A mean, whose bound is the asymptotic sequence.</summary>
    public static (string Definition, double Effect) Mean { get; } = (Arms
        + "plan: { method: hybrid, minimumEffect: 0.1, baseline: 1, sd: 1 }\n---\nmetrics: { m: { type: mean, event: m, better: higher } }\n", 0.1);

    /// <summary>A share, whose bound is exact.</summary>
    public static (string Definition, double Effect) Rate { get; } = (Arms
        + "plan: { method: hybrid, minimumEffect: 0.05, baseline: 0.6 }\n---\nmetrics: { m: { type: proportion, event: m, better: higher } }\n", 0.05);

    /// <param name="plan"><see cref="Mean"/> or <see cref="Rate"/>.</param>
    /// <param name="effects">How many minimum effects the treatment is better by; negative when it is worse.</param>
    /// <param name="runs">Experiments.</param>
    /// <param name="seed">Seed.</param>
    public static SimulationResult Measure((string Definition, double Effect) plan, double effects, int runs, long seed)
    {
        var read = DefinitionReader.ReadText(plan.Definition);
        var experiment = read.Definitions?.Experiments[0] ?? throw new InvalidOperationException(string.Join("; ", read.Problems));
        return PlanSimulator.Run(experiment, new SimulationOptions { Effect = effects * plan.Effect, Runs = runs, Seed = seed, Parallelism = Environment.ProcessorCount });
    }
}
