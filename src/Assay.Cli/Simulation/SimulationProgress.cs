using Assay.Analysis;
using Spectre.Console;

namespace Assay.Cli.Simulation;

/// <summary>A progress bar on a terminal, nothing elsewhere; drawn on stderr, since stdout is the result's.</summary>
internal static class SimulationProgress
{
    public static SimulationResult Show(int runs, Func<Action<int>?, SimulationResult> run)
    {
        if (Console.IsErrorRedirected) return run(null);
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        SimulationResult? result = null;
        screen.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
        {
            var task = context.AddTask("experiments", maxValue: runs);
            var most = 0;
            var gate = new Lock();
            result = run(done =>
            {
                // Blocks end in no order.
                lock (gate) if (done > most) task.Value = most = done;
            });
        });
        return result!;
    }
}
