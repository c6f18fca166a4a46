using Assay.Experiments;

namespace Assay.Cli.Analysis;

/// <summary>Definition files as the analysis needs them.</summary>
internal static class DeclaredExperiment
{
    /// <summary>Null when there are errors; they are on stderr.</summary>
    public static DefinitionSet? Read(string path)
    {
        var result = DefinitionReader.ReadFiles([path]);
        DataProblems.Print(result.Errors);
        return result.Definitions;
    }

    /// <exception cref="UsageException">The file holds no experiment, or several.</exception>
    public static Experiment Single(DefinitionSet definitions, string path)
    {
        var experiment = definitions.Experiments switch
        {
            [var only] => only,
            [] => throw new UsageException($"{path} holds no experiment"),
            var several => throw new UsageException($"{path} holds several experiments: {string.Join(", ", several.Select(e => e.Key))}", "put each into a file of its own"),
        };
        return experiment.MetricsOf(MetricRole.Primary).Any() ? experiment : throw new UsageException($"{experiment.Key} has no primary metric to decide by: metrics.primary");
    }
}
