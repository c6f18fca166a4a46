using System.CommandLine;

namespace Assay.Cli.Interleaving;

/// <summary><c>assay interleave</c>: two rankings in one list, and which of them users prefer.</summary>
internal static class InterleaveCommand
{
    public static Command Create() => new("interleave", "Compare two rankings by mixing them into one list and counting whose items are clicked.\n\nExample: assay interleave mix lists.json")
    {
        MixCommand.Create(), ScoreCommand.Create(),
    };
}
