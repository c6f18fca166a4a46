using System.Globalization;
using Assay.Analysis;
using Assay.Cli.Stats;
using Assay.Experiments;

namespace Assay.Cli.Simulation;

/// <summary>A simulation in words and in a picture of where runs end.</summary>
internal static class SimulationText
{
    private const int Width = 40;

    /// <summary>What was simulated, as a line.</summary>
    public static string Title(Experiment experiment, SimulationResult result) =>
        Line($"{experiment.Key}: {Say.Count(result.Runs)} simulated experiments, {What(experiment.MetricsOf(MetricRole.Primary).First().Metric, result)}");

    public static void Write(TextWriter output, Experiment experiment, SimulationResult result)
    {
        var metric = experiment.MetricsOf(MetricRole.Primary).First().Metric;
        output.WriteLine(Line($"{experiment.Key}: {Say.Count(result.Runs)} simulated experiments, {What(metric, result)}; {Say.Count(result.PlannedUnits)} units planned ({string.Join(", ", result.UnitsPerVariant.Select(u => $"{u.Key} {Say.Count((long)Math.Round(u.Value))}"))})"));
        output.WriteLine();
        output.WriteLine(Line($"Rejects          {Rate(result.RejectionRate)} ± {Rate(result.StandardError)} of the experiments: a primary's boundary crossed on either side"));
        output.WriteLine(Line($"Without a plan   {Rate(result.Naive.RejectionRate)} ± {Rate(result.Naive.StandardError)}: {Peeking(result)}"));
        if (result.Coverage is { } coverage)
            output.WriteLine(Line($"Interval holds   the true difference in {Rate(coverage)} ± {Rate(result.CoverageStandardError!.Value)}, of {metric.Name} in '{experiment.Variants[1].Key}', as reported at the end"));
        output.WriteLine(Line($"Sample           {Rate(result.MeanSampleFraction)} ± {Rate(result.MeanSampleFractionStandardError)} of the planned units, in mean"));
        output.WriteLine(Line($"Decides          {string.Join(", ", result.Decisions.Select(d => $"{d.Key} {Rate(d.Value)}"))}"));
        if (result.MeanDays is { } days) output.WriteLine(Line($"Days             {days:0.0} in mean, {result.Looks[^1].Day:0.0} at most"));
        if (result.Secondaries is { } secondaries) Family(output, secondaries);
        foreach (var segment in result.Segments)
            if (segment.MaxLoss is { } loss) output.WriteLine(Line($"Segment          {segment.Attribute} = {segment.Value}, {segment.Effect} there: a loss above {loss} is excluded in {Rate(segment.Kept!.Value)}, undecided in {Rate(segment.Undecided!.Value)}, certain in {Rate(segment.Broken!.Value)} of the experiments at their end"));
        if (result.Looks.Length > 1) Picture(output, result);
        output.WriteLine();
        foreach (var assumption in result.Assumptions) output.WriteLine(Line($"Taken for true   {Assumed(assumption)}"));
        foreach (var note in result.Notes) output.WriteLine("Note             " + note);
        output.WriteLine(Line($"Again            --seed {result.Seed} --runs {result.Runs} --effect {result.Effect}"));
    }

    private static void Family(TextWriter output, SimulatedSecondaries family)
    {
        output.WriteLine(Line($"Secondaries      are tested in {Rate(family.OpenRate)} of the experiments, once a primary's rejection lets them; corrected by {family.Correction}"));
        if (family.FamilywiseErrorRate is { } rate)
            output.WriteLine(Line($"                 something is claimed of one in which nothing changed in {Rate(rate)} ± {Rate(family.FamilywiseStandardError!.Value)}; false claims are {Rate(family.FalseDiscoveryRate)} ± {Rate(family.FalseDiscoveryStandardError)} of an experiment's claims"));
        foreach (var one in family.Comparisons)
            output.WriteLine(Line($"                 {one.Metric} in '{one.Variant}', {(one.Effect == 0 ? "unchanged" : one.Effect > 0 ? Line($"better by {one.Effect}") : Line($"worse by {-one.Effect}"))}: claimed in {Rate(one.ClaimRate)} ± {Rate(one.StandardError)}"));
    }

    private static void Picture(TextWriter output, SimulationResult result)
    {
        output.WriteLine();
        output.WriteLine("look   units   |z| to reach   experiments that end here (█ boundary crossed, ░ otherwise)");
        var largest = result.Looks.Max(l => l.Ended);
        foreach (var look in result.Looks)
        {
            int all = Length(look.Ended, largest), crossed = Math.Min(all, Length(Math.Min(look.Crossed, look.Ended), largest));
            output.WriteLine(Line($"{look.Look,4}   {Rate(look.Fraction),5}   {(look.Critical is { } c ? c.ToString("0.000", CultureInfo.InvariantCulture) : "none"),12}   {new string('█', crossed)}{new string('░', all - crossed)} {Rate(look.Ended)}"));
        }
    }

    private static int Length(double share, double largest) => share <= 0 || largest <= 0 ? 0 : Math.Max(1, (int)Math.Round(Width * share / largest));

    private static string What(Metric metric, SimulationResult result)
    {
        var changed = result.Effect == 0 ? "nothing changed (A/A)" : Line($"every treatment {(result.Effect > 0 ? "better" : "worse")} by {Math.Abs(result.Effect)} in {metric.Name}");
        return Math.Abs(result.OverallEffect - result.Effect) <= 1e-12 ? changed : changed + Line($" but in the segments named below, {result.OverallEffect:0.####} over all");
    }

    private static string Peeking(SimulationResult result) => result.Looks.Length > 1
        ? $"what {result.Looks.Length} looks would reject if each were taken for the only one" : "the same test, of one look";

    private static string Assumed(Assumption a) => Line($"{a.Metric} {a.Value:0.######}{(a.StandardDeviation is { } sd ? Line($", standard deviation {sd:0.######}") : "")} in the control ({a.Source})");

    private static string Rate(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
