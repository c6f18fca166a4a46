using Assay.Analysis;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.Cli.Analysis;

/// <summary>From recorded files to a report.</summary>
internal static class FileAnalysis
{
    /// <returns>The report; or null and the exit code, after every problem is on stderr.</returns>
    public static async Task<(Report? Report, int Code)> RunAsync(AnalysisRequest request, CancellationToken cancellationToken)
    {
        Experiment experiment;
        DataMapping? mapping;
        if (request.Definition is null)
        {
            if (request.Variant is null || request.Metrics.Count == 0)
                throw new UsageException("without a definition file, say what the columns mean", "--variant COLUMN --control VALUE --metric COLUMN:TYPE, and --unit COLUMN");
            var seen = await VariantColumn.ReadAsync(request.Data, request.Variant, cancellationToken);
            if (DataProblems.Print(seen.Problems) is { } wrong) return (null, wrong);
            (experiment, mapping) = AdHocExperiment.Create(request, [.. seen.Values.Select(v => v.Value)]);
        }
        else
        {
            if (request.HasColumnOptions) throw new UsageException("--unit, --variant, --control, --metric, --segment, --weights, --alpha and --minimum-effect are for an analysis without a definition file", "declare them in the file");
            if (DeclaredExperiment.Read(request.Definition) is not { } definitions) return (null, ExitCode.Usage);
            experiment = DeclaredExperiment.Single(definitions, request.Definition);
            mapping = definitions.Data;
        }

        var opened = await FileMomentSource.OpenAsync(request.Data, mapping, experiment, cancellationToken);
        if (DataProblems.Print(opened.Problems) is { } code) return (null, code);
        using var source = opened.Source!;
        return (await new FileLooks(experiment, source, request).ReportAsync(cancellationToken), ExitCode.Done);
    }
}
