using System.CommandLine;
using Assay.Analysis;
using Assay.Cli.Stats;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Cli.Simulation;

/// <summary>Takes the truth of a simulation from earlier data, as <c>assay size</c> takes a size's.</summary>
internal sealed class SimulatePilot
{
    private readonly SizeOptions _options = new();

    public IEnumerable<Option> All => [_options.Pilot, _options.Column, _options.Denominator, _options.Cluster, _options.Covariate];

    /// <summary>The options, with what the pilot knows where nothing was said.</summary>
    /// <exception cref="UsageException">The pilot cannot be used; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<SimulationOptions> ApplyAsync(ParseResult parse, Experiment experiment, DataMapping? mapping, SimulationOptions options, bool saysCovariate, CancellationToken cancellationToken)
    {
        var first = experiment.MetricsOf(MetricRole.Primary).First().Metric;
        if (parse.GetValue(_options.Pilot) is null || parse.GetValue(_options.Column) is not null)
        {
            if (await PilotFile.ReadAsync(parse, _options, first.Type, cancellationToken) is not { } column) return options;
            return options with
            {
                Given = [.. options.Given, Assumed(first, experiment, column)],
                ClusterSize = options.ClusterSize ?? column.MeanClusterSize,
                IntraclassCorrelation = options.IntraclassCorrelation ?? (column.IntraclassCorrelation is { } icc ? Math.Clamp(icc, 0, 0.999) : null),
                CovariateCorrelation = saysCovariate ? options.CovariateCorrelation : column.Correlation ?? options.CovariateCorrelation,
            };
        }
        foreach (var option in new Option<string?>[] { _options.Cluster, _options.Covariate, _options.Denominator })
            if (parse.GetValue(option) is not null) throw new UsageException($"{option.Name} names a column of the --pilot file, and needs --column too");
        var known = new List<Assumption>();
        foreach (var metric in Drawn(experiment))
        {
            var alone = experiment with { Metrics = [new ExperimentMetric(metric, MetricRole.Primary)] };
            if (await ExperimentPilot.ReadAsync(parse, _options, alone, mapping, cancellationToken) is { } spread) known.Add(Assumed(metric, experiment, spread));
        }
        // What was said stands before what was read.
        return options with { Given = [.. options.Given, .. known] };
    }

    private static IEnumerable<Metric> Drawn(Experiment experiment) => experiment.Metrics
        .Where(m => m.Role != MetricRole.Guardrail || experiment.Guardrails.Any(g => g.Metric == m.Metric.Name && g.HasLimit)).Select(m => m.Metric).DistinctBy(m => m.Name);

    // A pilot knows what one unit contributes to an error; a ratio and a quantile are drawn from the spread of their rows, so that the error is the same.
    private static Assumption Assumed(Metric metric, Experiment experiment, PilotSpread pilot)
    {
        var unit = pilot.Correlation is { } r ? pilot.StandardDeviation / Math.Sqrt(1 - r * r) : pilot.StandardDeviation;
        double? spread = metric.Type switch
        {
            MetricType.Proportion => null,
            MetricType.Ratio => unit * Math.Sqrt(2),
            MetricType.Quantile when metric.Quantile is { } q => unit * Math.Exp(-Square(StandardNormal.Quantile(q)) / 2) / Math.Sqrt(2 * Math.PI) / Math.Sqrt(q * (1 - q)),
            // Rows were read, and clusters are drawn: the mean of so many that are so alike.
            _ when experiment.Unit == UnitKind.Cluster && pilot is { MeanClusterSize: { } size, IntraclassCorrelation: { } icc } => unit * Math.Sqrt((1 + (size - 1) * Math.Max(0, icc)) / size),
            _ => unit,
        };
        return new Assumption(metric.Name, pilot.Baseline, spread, "pilot");
    }

    private static double Square(double x) => x * x;
}
