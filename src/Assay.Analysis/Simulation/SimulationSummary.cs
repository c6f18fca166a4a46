using System.Collections.Immutable;
using System.Numerics;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Counts runs.</summary>
internal static class SimulationSummary
{
    public static SimulationResult Of(PlanSimulation simulation, SimulationOptions options, SimulatedRun[] runs)
    {
        double n = runs.Length;
        var rejected = runs.Count(r => r.CrossedAt >= 0) / n;
        var known = runs.Count(r => r.Covered is not null);
        double? coverage = known == 0 ? null : (double)runs.Count(r => r.Covered == true) / known;
        var (fraction, fractionError) = Mean(runs, r => (double)r.Units / simulation.PlannedUnits);
        var naive = runs.Count(r => r.Peeked) / n;
        var decisions = new OrderedDictionary<string, double>();
        foreach (var decision in new[] { Decision.Ship, Decision.DoNotShip, Decision.Hold, Decision.NoDifference, Decision.Inconclusive, Decision.KeepRunning, Decision.RolledBack, Decision.Invalid })
            if (runs.Count(r => r.Decision == decision) is var count && (count > 0 || decision is Decision.Ship or Decision.DoNotShip or Decision.NoDifference or Decision.Inconclusive))
                decisions.Add(DecisionNames.Of(decision), count / n);
        var units = new OrderedDictionary<string, double>();
        for (var v = 0; v < simulation.Shares.Length; v++) units.Add(simulation.Experiment.Variants[v].Key, simulation.PlannedUnits * simulation.Shares[v]);
        var isHigher = simulation.Experiment.MetricsOf(MetricRole.Primary).First().Metric.Better == Direction.Higher;
        return new SimulationResult
        {
            Runs = runs.Length,
            Effect = options.Effect,
            OverallEffect = simulation.Cells.Attributes.IsEmpty ? options.Effect : isHigher ? simulation.Effect : -simulation.Effect,
            Seed = options.Seed,
            RejectionRate = rejected,
            StandardError = Error(rejected, n),
            Coverage = coverage,
            CoverageStandardError = coverage is { } c ? Error(c, known) : null,
            MeanSampleFraction = fraction,
            MeanSampleFractionStandardError = fractionError,
            Decisions = decisions,
            Naive = new SimulatedPeeking(naive, Error(naive, n)),
            PlannedUnits = simulation.PlannedUnits,
            UnitsPerVariant = units,
            Looks = [.. simulation.CriticalValues().Select((critical, i) => new SimulatedLook(
                simulation.Steps[i].Look, (double)simulation.Steps[i].Units / simulation.PlannedUnits, critical, runs.Count(r => r.CrossedAt == i) / n, runs.Count(r => r.EndStep == i) / n)
            {
                Day = Days(simulation.Steps[i].Units),
            })],
            Secondaries = Secondaries(simulation, options, runs),
            Segments = [.. simulation.Cells.Told.Select((told, i) => Segment(simulation, options, told, i, runs))],
            MeanDays = Days(fraction * simulation.PlannedUnits),
            Assumptions = simulation.Assumptions,
            Notes = simulation.Notes,
        };

        double? Days(double units) => options.Daily is { } daily ? SimulatedCalendar.Days(units, daily, simulation.Experiment) : null;
    }

    private static SimulatedSecondaries? Secondaries(PlanSimulation simulation, SimulationOptions options, SimulatedRun[] runs)
    {
        var comparisons = simulation.Secondaries.Comparisons;
        if (comparisons.IsEmpty) return null;
        double n = runs.Length;
        var effects = comparisons.Select(c => SimulatedTruth.SecondaryEffect(c.Metric.Name, options)).ToArray();
        ulong nothing = 0;
        for (var i = 0; i < effects.Length; i++)
            if (effects[i] == 0) nothing |= 1UL << i;
        double? familywise = nothing == 0 ? null : runs.Count(r => (r.Claims & nothing) != 0) / n;
        var (discovery, discoveryError) = Mean(runs, r => r.Claims == 0 ? 0 : (double)BitOperations.PopCount(r.Claims & nothing) / BitOperations.PopCount(r.Claims));
        return new SimulatedSecondaries(
            NameOf(simulation.Experiment.Plan.Correction), runs.Count(r => r.GateOpened) / n, familywise, familywise is { } f ? Error(f, n) : null, discovery, discoveryError,
            [.. comparisons.Select((c, i) => runs.Count(r => (r.Claims & (1UL << i)) != 0) / n is var rate ? new SimulatedSecondary(c.Metric.Name, c.Variant, effects[i], rate, Error(rate, n)) : null!)]);
    }

    private static SimulatedSegment Segment(PlanSimulation simulation, SimulationOptions options, SegmentAssumption told, int index, SimulatedRun[] runs)
    {
        var critical = simulation.Experiment.Segments.First(s => s.Attribute == told.Attribute).Critical;
        double? loss = critical.TryGetValue(told.Value, out var declared) ? declared : null;
        return new SimulatedSegment(told.Attribute, told.Value, told.Share!.Value, told.Effect ?? options.Effect, loss, Rate(LimitState.Kept), Rate(LimitState.Undecided, LimitState.NotEstimable), Rate(LimitState.Broken));

        double? Rate(params LimitState[] states) => loss is null ? null : runs.Count(r => states.Contains(r.Segments[index])) / (double)runs.Length;
    }

    private static string NameOf(CorrectionKind kind) => kind switch
    {
        CorrectionKind.None => "none",
        CorrectionKind.Bonferroni => "bonferroni",
        CorrectionKind.Holm => "holm",
        CorrectionKind.Hochberg => "hochberg",
        CorrectionKind.BenjaminiYekutieli => "benjamini-yekutieli",
        _ => "benjamini-hochberg",
    };

    private static (double Mean, double Error) Mean(SimulatedRun[] runs, Func<SimulatedRun, double> of)
    {
        double n = runs.Length, mean = runs.Average(of), spread = runs.Sum(r => Square(of(r) - mean));
        return (mean, runs.Length < 2 ? 0 : Math.Sqrt(spread / (n - 1) / n));
    }

    private static double Error(double rate, double n) => Math.Sqrt(rate * (1 - rate) / n);

    private static double Square(double x) => x * x;
}
