using System.CommandLine;
using Assay.Analysis;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.Cli.Stats;

/// <summary>What earlier data say about an experiment's first primary metric: an export of events, a long file, or one row per unit.</summary>
internal static class ExperimentPilot
{
    /// <exception cref="UsageException">The data cannot carry a size; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<PilotSpread?> ReadAsync(
        ParseResult result, SizeOptions options, Experiment experiment, DataMapping? mapping, CancellationToken cancellationToken)
    {
        var column = result.GetValue(options.Column);
        if (result.GetValue(options.Pilot) is not { } path)
            return column is null ? null : throw new UsageException("--column names a column of a --pilot file, but none is given");
        var primary = experiment.MetricsOf(MetricRole.Primary).FirstOrDefault()?.Metric
            ?? throw new UsageException($"{experiment.Key} has no primary metric to size by: metrics.primary");
        var error = result.InvocationConfiguration.Error;
        if (column is null && mapping is not { Columns: null }) return await FromEventsAsync(path, experiment, primary, mapping, error, cancellationToken);
        var columns = column is null ? await WideAsync(path, experiment, primary, mapping!, cancellationToken)
            : primary.Type != MetricType.Ratio ? new PilotColumns(column)
            : throw new UsageException($"{primary.Name} is a ratio and needs two columns", $"declare them: data: {{ metrics: {{ {primary.Name}: {{ type: ratio, numerator: {{ column: … }}, denominator: {{ column: … }} }} }} }}");
        return PilotMath.Of(primary.Type, primary.Quantile ?? 0.5, await PilotFile.ReadAsync(path, columns, error, cancellationToken));
    }

    // Earlier data may hold no variants yet; where they do, only the control's rows are what the experiment starts from.
    private static async Task<PilotColumns> WideAsync(string path, Experiment experiment, Metric primary, DataMapping mapping, CancellationToken cancellationToken)
    {
        var declared = mapping.Metrics.FirstOrDefault(m => m.Name == primary.Name) ?? primary;
        var value = declared.Source.Column ?? throw new UsageException($"data says no column for {primary.Name}", $"data: {{ metrics: {{ {primary.Name}: {{ column: … }} }} }}, or --column C");
        var hasVariants = mapping.Variant is { } variant && (await VariantColumn.ReadAsync([path], variant, cancellationToken)).Values.Length > 0;
        var covariate = experiment.Plan.Covariates.Select(c => c.Attribute).FirstOrDefault(a => a is not null && mapping.Covariates.Contains(a));
        return new PilotColumns(
            value, declared.Denominator?.Column, Covariate: primary.Type is MetricType.Mean or MetricType.Count ? covariate : null,
            Variant: hasVariants ? mapping.Variant : null, Control: mapping.Variants.GetValueOrDefault(experiment.Control.Key, experiment.Control.Key));
    }

    private static async Task<PilotSpread> FromEventsAsync(
        string path, Experiment experiment, Metric primary, DataMapping? mapping, TextWriter error, CancellationToken cancellationToken)
    {
        var opened = await FileMomentSource.OpenAsync([path], mapping, experiment, cancellationToken);
        PilotFile.Refuse(opened.Problems, path, error);
        using var source = opened.Source!;
        var query = MomentsQueries.For(experiment, source.Version) with { IsComplete = true, WithDiagnostics = true };
        var moments = await source.ReadMomentsAsync(query, cancellationToken);
        var control = experiment.Variants.IndexOf(experiment.Control);
        var arm = moments.Metrics.First(m => m.Metric == primary.Name).Arms.First(a => a.Variant == experiment.Control.Key);
        var tail = moments.Diagnostics?.Tails.FirstOrDefault(t => t.Metric == primary.Name);
        return PilotMath.Of(primary, arm, tail is { Skewness: var skewness } && skewness.Length > control ? skewness[control] : null, query.QuantileZ);
    }
}
