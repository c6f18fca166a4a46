using System.Collections.Immutable;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.Cli.Analysis;

/// <summary>Problems of definitions and data, each on its line on stderr.</summary>
internal static class DataProblems
{
    /// <summary>Codes that mean that a file could not be read at all: exit code 5 where others are 2.</summary>
    private static readonly ImmutableHashSet<string> s_unreadable = ["missing-file", "no-match", "unreadable-file"];

    public static void Print(IEnumerable<DefinitionProblem> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine(problem.ToString());
    }

    /// <summary>Prints; null when none is an error, else the exit code.</summary>
    public static int? Print(ImmutableArray<DataProblem> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine(problem.ToString());
        var errors = problems.Where(p => p.Severity == ProblemSeverity.Error).ToArray();
        return errors.Length == 0 ? null : errors.All(p => s_unreadable.Contains(p.Code)) ? ExitCode.CouldNotRun : ExitCode.Usage;
    }
}
