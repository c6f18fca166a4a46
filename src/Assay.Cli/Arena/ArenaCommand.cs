using System.CommandLine;

namespace Assay.Cli.Arena;

/// <summary><c>assay arena</c>: the offline duel.</summary>
internal static class ArenaCommand
{
    public const string DefaultFolder = "assay-arena";

    public static Command Create() => new("arena", "The offline duel: variants answer a golden set, are scored, compared paired by case, and held to a gate.\n\nExample: assay arena run suite.yaml")
    {
        ArenaRunCommand.Create(), ArenaViewCommand.Create(), ArenaCompareCommand.Create(),
    };

    public static Option<string> CreateFolder() => new("--out") { Description = "Folder of the answer log, the ledger and the results of all runs", DefaultValueFactory = _ => DefaultFolder };
}
