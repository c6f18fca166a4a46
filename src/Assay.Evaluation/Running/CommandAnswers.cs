using System.Collections;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Evaluation;

/// <summary>Asks an application that is a program: one bounded child process per case.</summary>
internal sealed class CommandAnswers(Suite suite, CallerOptions options)
{
    // A user's own program may work longer and hold more than a check's: the time-out of the run is what bounds it, the rest guards the machine.
    private ProcessLimits Limits { get; } = new()
    {
        WallTime = suite.Run.Timeout,
        CpuTime = suite.Run.Timeout * Environment.ProcessorCount,
        MemoryBytes = 8L << 30,
        OutputBytes = 16 << 20,
        FileBytes = 4L << 30,
        Processes = 512,
    };

    public async Task<Attempt> AskAsync(CommandApplication command, ArenaCell cell, CancellationToken cancellationToken)
    {
        if (options.Processes is not { } runner) return new Attempt(CallOutcome.Failed(CallFailure.Refused, "this run starts no programs"));
        var whole = ApplicationBody.Whole(cell.Variant, cell.Golden);
        var started = options.Clock.GetTimestamp();
        var result = await runner.RunAsync(Request(command, suite.Directory) with
        {
            Command = command.TakesPrompt ? [.. command.Arguments, ApplicationBody.Prompt(cell.Variant, cell.Golden), "{}", new JsonObject { ["vars"] = whole["vars"]!.DeepClone() }.ToJsonString()] : command.Arguments,
            Input = whole.ToJsonString(),
            Environment = Inherited(),
            Limits = Limits,
        }, cancellationToken);
        var program = command.Arguments[0];
        if (result is { Outcome: ProcessOutcome.Exited, ExitCode: 0 })
            return new Attempt(CallOutcome.Of(new Answer { Text = result.Output.TrimEnd('\r', '\n'), LatencyMs = options.Clock.GetElapsedTime(started).TotalMilliseconds }));
        var said = result.Outcome == ProcessOutcome.NotStarted || result.Error.Trim() is not { Length: > 0 } error ? "" : ": " + error[Math.Max(0, error.Length - 300)..];
        var failure = result.Outcome switch { ProcessOutcome.NotStarted => CallFailure.Unreachable, ProcessOutcome.WallTimeExceeded => CallFailure.TimedOut, _ => CallFailure.UpstreamError };
        return new Attempt(CallOutcome.Failed(failure, $"{program}: {result.Describe(Limits)}{said}"));
    }

    /// <summary>What would be started; a program with a slash is a path from the suite's folder.</summary>
    public static ProcessRequest Request(CommandApplication command, string? directory) => new() { Command = command.Arguments, WorkingDirectory = directory };

    // Unlike code that a model wrote, the program is the user's own and needs its keys.
    private static ImmutableSortedDictionary<string, string> Inherited()
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        all["TMPDIR"] = Path.GetTempPath();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables()) all[(string)variable.Key] = (string?)variable.Value ?? "";
        return all.ToImmutable();
    }
}
