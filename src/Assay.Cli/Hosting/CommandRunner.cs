using System.CommandLine;

namespace Assay.Cli;

/// <summary>Parses, runs, and turns what can go wrong into the exit codes that scripts depend on.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parse = root.Parse(args);
        if (parse.Errors.Count > 0)
        {
            foreach (var error in parse.Errors) Console.Error.WriteLine("assay: " + error.Message);
            Console.Error.WriteLine($"see: assay {Path(parse)}--help");
            return ExitCode.Usage;
        }
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine("assay: " + error.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("assay: stopped");
            return ExitCode.CouldNotRun;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("assay: " + error.Message);
            return ExitCode.CouldNotRun;
        }
    }

    private static string Path(ParseResult parse)
    {
        var names = new Stack<string>();
        for (var result = parse.CommandResult; result?.Command is not null and not RootCommand; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Push(result.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}
