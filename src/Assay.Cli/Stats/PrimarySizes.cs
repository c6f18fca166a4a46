using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Analysis;
using Assay.Cli.Simulation;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Cli.Stats;

/// <summary>What each of several primaries needs by itself, and how likely the rule that joins them is met.</summary>
/// <param name="Rule">all or any of them.</param>
/// <param name="Power">Wanted.</param>
/// <param name="Level">Of each comparison.</param>
/// <param name="Known">Units in all arms that each one needs, in the order of the definition.</param>
/// <param name="Unknown">Those of which nothing is known.</param>
internal sealed record PrimarySizes(PrimaryRule Rule, double Power, double Level, ImmutableArray<(string Metric, long Total)> Known, string[] Unknown)
{
    public long Largest => Known.Max(k => k.Total);

    /// <summary>Of all but the first.</summary>
    public long LargestOfOthers => Known.Skip(1).Select(k => k.Total).DefaultIfEmpty().Max();

    /// <summary>Null with one primary.</summary>
    public static PrimarySizes? Of(Experiment experiment, IReadOnlyDictionary<string, Assumption> others)
    {
        Metric[] primaries = [.. experiment.MetricsOf(MetricRole.Primary).Select(m => m.Metric)];
        if (primaries.Length < 2) return null;
        var known = ImmutableArray.CreateBuilder<(string, long)>();
        var unknown = new List<string>();
        foreach (var metric in primaries)
        {
            var plan = others.TryGetValue(metric.Name, out var said) ? experiment.Plan with { Baseline = said.Value, StandardDeviation = said.StandardDeviation ?? experiment.Plan.StandardDeviation } : experiment.Plan;
            if (PlannedSize.For(experiment with { Plan = plan }, metric) is { } size) known.Add((metric.Name, size));
            else unknown.Add(metric.Name);
        }
        return known.Count == 0 ? null : new PrimarySizes(experiment.Plan.PrimaryRule, experiment.Plan.Power, PlannedSize.LevelOf(experiment), known.ToImmutable(), [.. unknown]);
    }

    /// <summary>What options and pilot say of the further primaries.</summary>
    /// <exception cref="UsageException">An assumption cannot be read, or is about no primary.</exception>
    public static async Task<IReadOnlyDictionary<string, Assumption>> KnownAsync(
        ParseResult result, SizeOptions options, Experiment experiment, DataMapping? mapping, CancellationToken cancellationToken)
    {
        string[] further = [.. experiment.MetricsOf(MetricRole.Primary).Skip(1).Select(m => m.Metric.Name)];
        var known = new Dictionary<string, Assumption>();
        if (result.GetValue(options.Pilot) is not null && result.GetValue(options.Column) is null)
            foreach (var name in further)
            {
                var alone = experiment with { Metrics = [.. experiment.Metrics.Where(m => m.Metric.Name == name && m.Role == MetricRole.Primary)] };
                if (await ExperimentPilot.ReadAsync(result, options, alone, mapping, cancellationToken) is { } pilot) known[name] = new Assumption(name, pilot.Baseline, pilot.StandardDeviation, "pilot");
            }
        foreach (var given in (result.GetValue(options.Assume) ?? []).Select(SimulatedDefinition.ReadAssumption))
            known[given.Metric] = further.Contains(given.Metric) ? given
                : throw new UsageException($"--assume {given.Metric}: it is no further primary metric{(further.Length == 0 ? "; the experiment has one" : $"; there are {string.Join(", ", further)}")}", "of the first primary write plan.baseline and plan.sd");
        return known;
    }

    /// <summary>The chance that the rule is met by so many units, the metrics independent, and at worst whatever ties them.</summary>
    public (double Independent, double AtWorst) Chance(double total)
    {
        double[] powers = [.. Known.Select(k => PowerAt(k.Total, total))];
        return Rule == PrimaryRule.All
            ? (powers.Aggregate(1.0, (a, p) => a * p), Math.Max(0, 1 - powers.Sum(p => 1 - p)))
            : (1 - powers.Aggregate(1.0, (a, p) => a * (1 - p)), powers.Max());
    }

    /// <summary>Units at which all are found together with the wanted power, the metrics independent; null under "any", or when something is unknown.</summary>
    public long? Together()
    {
        if (Rule == PrimaryRule.Any || Unknown.Length > 0) return null;
        double low = Largest, high = Largest;
        while (Chance(high).Independent < Power && high < 1e15) high *= 2;
        while (high - low > 0.5)
        {
            var middle = low + (high - low) / 2;
            if (Chance(middle).Independent < Power) low = middle; else high = middle;
        }
        return (long)Math.Ceiling(high);
    }

    public void AddTo(JsonObject json)
    {
        var (independent, atWorst) = Chance(Largest);
        json["primaries"] = new JsonArray([.. Known.Select(k => (JsonNode)new JsonObject { ["metric"] = k.Metric, ["total"] = k.Total, ["power"] = PowerAt(k.Total, Largest) })]);
        json["primaryRule"] = new JsonObject { ["rule"] = Rule == PrimaryRule.All ? "all" : "any", ["chance"] = Unknown.Length > 0 ? null : independent, ["chanceAtWorst"] = Unknown.Length > 0 ? null : atWorst, ["totalTogether"] = Together() };
    }

    public IEnumerable<string> ToLines()
    {
        yield return $"By itself each primary needs, in all: {string.Join(", ", Known.Select(k => $"{k.Metric} {Say.Count(k.Total)}"))}. The largest counts.";
        if (Unknown.Length > 0) yield break;
        var (independent, atWorst) = Chance(Largest);
        yield return Rule == PrimaryRule.All
            ? string.Create(CultureInfo.InvariantCulture, $"All of them are then found in {100 * independent:0} % when they are independent of each other, at least in {100 * atWorst:0} %; for {Say.Percent(Power)} together, independent: {Say.Count(Together()!.Value)}.")
            : string.Create(CultureInfo.InvariantCulture, $"One of them, which is enough, is then found in {100 * independent:0} % when they are independent of each other, at least in {100 * atWorst:0} %.");
    }

    // Drift grows with the root of the units; looks move both drifts alike.
    private double PowerAt(long needs, double total) =>
        StandardNormal.Cdf((StandardNormal.Critical(Level) + StandardNormal.Quantile(Power)) * Math.Sqrt(total / needs) - StandardNormal.Critical(Level));
}
