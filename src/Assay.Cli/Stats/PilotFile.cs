using System.CommandLine;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.Cli.Stats;

/// <summary>Reads a pilot's columns as the command line names them.</summary>
internal static class PilotFile
{
    private static readonly string[] s_unreadable = ["missing-file", "no-match", "unreadable-file"];

    /// <summary>What the column of the pilot says; null when no pilot is given.</summary>
    /// <exception cref="UsageException">The column is missing or holds text, or the values carry no spread; the message says where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<PilotSpread?> ReadAsync(ParseResult result, SizeOptions options, MetricType type, CancellationToken cancellationToken)
    {
        if (result.GetValue(options.Pilot) is not { } path)
        {
            foreach (var option in new[] { options.Column, options.Cluster, options.Covariate, options.Denominator })
                if (result.GetValue(option) is not null) throw new UsageException($"{option.Name} names a column of a --pilot file, but none is given");
            return null;
        }
        var column = result.GetValue(options.Column) ?? throw new UsageException("--pilot needs --column C: the column that holds the values");
        var denominator = result.GetValue(options.Denominator);
        if (type == MetricType.Ratio && denominator is null) throw new UsageException("--denominator is missing: the pilot's column that counts what the ratio is per", "--column costUsd --denominator resolved");
        var columns = new PilotColumns(column, denominator, Cluster: result.GetValue(options.Cluster), Covariate: result.GetValue(options.Covariate));
        return PilotMath.Of(type, type == MetricType.Quantile ? result.GetValue(options.Quantile) : 0.5, await ReadAsync(path, columns, result.InvocationConfiguration.Error, cancellationToken));
    }

    public static async Task<PilotRows> ReadAsync(string path, PilotColumns columns, TextWriter error, CancellationToken cancellationToken)
    {
        var read = await PilotFileReader.ReadAsync([path], columns, cancellationToken);
        Refuse(read.Problems, path, error);
        return read.Rows!;
    }

    /// <summary>Says every problem; throws when one of them is an error.</summary>
    public static void Refuse(IReadOnlyCollection<DataProblem> problems, string path, TextWriter error)
    {
        foreach (var problem in problems) error.WriteLine(problem.ToString());
        var errors = problems.Where(p => p.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length == 0) return;
        if (errors.All(p => s_unreadable.Contains(p.Code))) throw new FileNotFoundException($"--pilot {path} cannot be read");
        throw new UsageException($"--pilot {path} cannot be used");
    }
}
