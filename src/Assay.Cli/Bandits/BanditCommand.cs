using System.CommandLine;

namespace Assay.Cli.Bandits;

/// <summary><c>assay bandit</c>: what can be learnt from the log of a bandit.</summary>
internal static class BanditCommand
{
    public static Command Create() => new("bandit", "Learn from the log of a bandit.\n\nExample: assay bandit replay log.csv") { ReplayCommand.Create() };
}
