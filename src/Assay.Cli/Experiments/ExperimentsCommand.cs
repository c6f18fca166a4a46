using System.CommandLine;

namespace Assay.Cli.Experiments;

/// <summary><c>assay experiments …</c>: an experiment's life on a running server.</summary>
internal static class ExperimentsCommand
{
    public static Command Create()
    {
        var command = new Command("experiments", "List, register and move experiments on a running server.\n\nExample: assay experiments start support-prompt");
        command.Subcommands.Add(ListExperimentsCommand.Create());
        command.Subcommands.Add(ShowExperimentCommand.Create());
        command.Subcommands.Add(CreateExperimentCommand.Create());
        command.Subcommands.Add(ReportExperimentCommand.Create());
        command.Subcommands.Add(StepCommand.Create("start", "Start a draft: from now on it takes traffic."));
        command.Subcommands.Add(StepCommand.Create("pause", "Stop exposing and assigning; the route serves. Can be resumed."));
        command.Subcommands.Add(StepCommand.Create("resume", "Take traffic again after a pause."));
        command.Subcommands.Add(StepCommand.Create("stop", "End an experiment; the route serves."));
        command.Subcommands.Add(StepCommand.Create("rollback", "End an experiment at once because it does harm; needs --reason."));
        command.Subcommands.Add(ConcludeCommand.Create());
        return command;
    }
}
