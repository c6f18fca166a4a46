using System.CommandLine;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary>What the verbs that read definitions share.</summary>
internal static class DefinitionArguments
{
    public static Argument<string[]> CreateFiles() => new("FILE") { Description = "Definition files (YAML or JSON)", Arity = ArgumentArity.OneOrMore };

    /// <summary>The set, or null when there are errors; every problem is printed to stderr.</summary>
    public static DefinitionSet? Read(IReadOnlyList<string> files)
    {
        var result = DefinitionReader.ReadFiles(files);
        foreach (var problem in result.Problems) Console.Error.WriteLine(problem);
        return result.Definitions;
    }

    public static string Percent(double share) => (share * 100).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture) + " %";
}
