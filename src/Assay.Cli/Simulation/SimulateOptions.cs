using System.CommandLine;
using Assay.Analysis;

namespace Assay.Cli.Simulation;

/// <summary>What may be said of a simulated world.</summary>
internal sealed class SimulateOptions
{
    private const int MostRuns = 10_000_000;

    private readonly Option<double> _effect = Number("--effect", "D", 0, "True difference of the treatments in the primaries, in the metric's unit; positive is good, 0 is an A/A experiment");
    private readonly Option<int> _runs = new("--runs") { HelpName = "N", Description = "Experiments to simulate", DefaultValueFactory = _ => 10_000 };
    private readonly Option<long> _seed = new("--seed") { HelpName = "S", Description = "The same seed gives the same result on any number of processors", DefaultValueFactory = _ => 1 };
    private readonly Option<long?> _units = new("--units") { HelpName = "N", Description = "Units in all arms together, where the plan has no size of its own" };
    private readonly Option<double?> _daily = new("--daily") { HelpName = "N", Description = "Units that arrive a day, all arms together: looks wait for plan.minimumDays, and days are counted" };
    private readonly Option<string[]> _assume = Many("--assume", "M=V", "What is true of the control: METRIC=VALUE, or METRIC=VALUE:SD; may be repeated");
    private readonly Option<string[]> _secondaryEffect = Many("--secondary-effect", "M=D", "True difference in a secondary, METRIC=D, or one number for all; positive is good, 0 unless said; may be repeated");
    private readonly Option<string[]> _segmentEffect = Many("--segment-effect", "A=V:D", "True difference in a segment, ATTRIBUTE=VALUE:D, as plan=enterprise:-0.02; as elsewhere unless said; may be repeated");
    private readonly Option<string[]> _segmentShare = Many("--segment-share", "A=V:S", "Share of the units in a segment, ATTRIBUTE=VALUE:SHARE; an equal part unless said; may be repeated");
    private readonly Option<double> _covariate = Number("--covariate-correlation", "R", 0.5, "Correlation of the plan's covariate with the primaries");
    private readonly Option<double> _metrics = Number("--metric-correlation", "R", 0, "Correlation of each two metrics of one unit, beyond what a covariate gives them");
    private readonly Option<double?> _size = new("--cluster-size") { HelpName = "M", Description = "Mean rows of one unit: requests of a conversation, members of a cluster (1 unless said; ratios 2)" };
    private readonly Option<double?> _icc = new("--icc") { HelpName = "R", Description = "How alike one unit's rows are, from 0 to below 1: tells in ratios, quantiles and clusters" };
    private readonly Option<string> _distribution = new("--distribution") { Description = "How means are spread: normal, or lognormal for latencies, costs and tokens", DefaultValueFactory = _ => "normal" };

    public SimulateOptions() => _distribution.AcceptOnlyFromAmong("normal", "lognormal");

    public IEnumerable<Option> All =>
        [_effect, _runs, _seed, _units, _daily, _assume, _secondaryEffect, _segmentEffect, _segmentShare, _covariate, _metrics, _size, _icc, _distribution];

    /// <summary>Whether the covariate's correlation was said, or is only assumed.</summary>
    public bool SaysCovariate(ParseResult parse) => parse.GetResult(_covariate) is { Implicit: false };

    /// <exception cref="UsageException">A value is outside its range, or cannot be read; the message names the option.</exception>
    public SimulationOptions Read(ParseResult parse)
    {
        var runs = parse.GetValue(_runs);
        if (runs is < 1 or > MostRuns) throw new UsageException($"--runs {runs}: must lie between 1 and 10,000,000");
        if (parse.GetValue(_units) is <= 0) throw new UsageException("--units must be above 0");
        if (parse.GetValue(_daily) is { } daily && !(daily > 0 && double.IsFinite(daily))) throw new UsageException("--daily must be above 0");
        if (parse.GetValue(_size) is { } size && !(size is >= 1 and <= 10_000)) throw new UsageException("--cluster-size must lie between 1 and 10,000");
        if (parse.GetValue(_icc) is { } icc && !(icc is >= 0 and < 1)) throw new UsageException("--icc must be at least 0 and below 1");
        return new SimulationOptions
        {
            Effect = Finite(parse, _effect),
            Runs = runs,
            Seed = parse.GetValue(_seed),
            Parallelism = Environment.ProcessorCount,
            Units = parse.GetValue(_units),
            Daily = parse.GetValue(_daily),
            IsSkewed = parse.GetValue(_distribution) == "lognormal",
            Given = [.. Values(parse, _assume).Select(SimulatedDefinition.ReadAssumption)],
            SecondaryEffects = [.. Values(parse, _secondaryEffect).Select(SimulatedDefinition.ReadSecondary)],
            Segments = [
                .. Values(parse, _segmentEffect).Select(text => SimulatedDefinition.ReadSegment(_segmentEffect.Name, text) is var (attribute, value, number) ? new SegmentAssumption(attribute, value, null, number) : null!),
                .. Values(parse, _segmentShare).Select(text => SimulatedDefinition.ReadSegment(_segmentShare.Name, text) is var (attribute, value, number) ? new SegmentAssumption(attribute, value, number, null) : null!)],
            CovariateCorrelation = Correlation(parse, _covariate),
            MetricCorrelation = Correlation(parse, _metrics),
            ClusterSize = parse.GetValue(_size),
            IntraclassCorrelation = parse.GetValue(_icc),
        };
    }

    private static string[] Values(ParseResult parse, Option<string[]> option) => parse.GetValue(option) ?? [];

    private static double Finite(ParseResult parse, Option<double> option) =>
        parse.GetValue(option) is var number && double.IsFinite(number) ? number : throw new UsageException($"{option.Name} must be a number");

    private static double Correlation(ParseResult parse, Option<double> option) =>
        parse.GetValue(option) is var r and > -1 and < 1 ? r : throw new UsageException($"{option.Name} must lie strictly between -1 and 1");

    private static Option<double> Number(string name, string helpName, double otherwise, string description) => new(name) { HelpName = helpName, Description = description, DefaultValueFactory = _ => otherwise };

    private static Option<string[]> Many(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description, AllowMultipleArgumentsPerToken = true };
}
