
namespace Assay.Analysis;

/// <summary>Counts runs.</summary>
internal static class SimulationSummary
{
    public static SimulationResult Of(PlanSimulation simulation, SimulationOptions options, SimulatedRun[] runs)
    {
        double n = runs.Length;
        var rejected = runs.Count(r => r.CrossedAt > 0) / n;
        var known = runs.Count(r => r.Covered is not null);
        double? coverage = known == 0 ? null : (double)runs.Count(r => r.Covered == true) / known;
        var fraction = runs.Average(r => (double)r.Units / simulation.PlannedUnits);
        var spread = runs.Sum(r => Square((double)r.Units / simulation.PlannedUnits - fraction));
        var naive = runs.Count(r => r.Peeked) / n;
        var decisions = new OrderedDictionary<string, double>();
        foreach (var decision in new[] { Decision.Ship, Decision.DoNotShip, Decision.Hold, Decision.NoDifference, Decision.Inconclusive, Decision.KeepRunning, Decision.RolledBack, Decision.Invalid })
            if (runs.Count(r => r.Decision == decision) is var count && (count > 0 || decision is Decision.Ship or Decision.DoNotShip or Decision.NoDifference or Decision.Inconclusive))
                decisions.Add(DecisionNames.Of(decision), count / n);
        var units = new OrderedDictionary<string, double>();
        for (var v = 0; v < simulation.Shares.Length; v++) units.Add(simulation.Experiment.Variants[v].Key, simulation.PlannedUnits * simulation.Shares[v]);
        return new SimulationResult
        {
            Runs = runs.Length,
            Effect = options.Effect,
            Seed = options.Seed,
            RejectionRate = rejected,
            StandardError = Error(rejected, n),
            Coverage = coverage,
            CoverageStandardError = coverage is { } c ? Error(c, known) : null,
            MeanSampleFraction = fraction,
            MeanSampleFractionStandardError = runs.Length < 2 ? 0 : Math.Sqrt(spread / (n - 1) / n),
            Decisions = decisions,
            Naive = new SimulatedPeeking(naive, Error(naive, n)),
            PlannedUnits = simulation.PlannedUnits,
            UnitsPerVariant = units,
            Looks = [.. simulation.CriticalValues().Select((critical, i) => new SimulatedLook(
                i + 1, (double)simulation.Ends[i] / simulation.PlannedUnits, critical, runs.Count(r => r.CrossedAt == i + 1) / n, runs.Count(r => r.EndLook == i + 1) / n))],
            Assumptions = simulation.Assumptions,
            Notes = simulation.Notes,
        };
    }

    private static double Error(double rate, double n) => Math.Sqrt(rate * (1 - rate) / n);

    private static double Square(double x) => x * x;
}
