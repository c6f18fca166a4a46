using System.Collections.Immutable;

namespace Assay.Evaluation.Checks;

/// <summary>A command of a check with its limits, as they are declared.</summary>
internal static class CommandArguments
{
    public static CheckArgument[] Limits { get; } =
    [
        new("cpuSeconds", "number", "processor time, of all that is started", "10"),
        new("wallSeconds", "number", "time by the clock", "30"),
        new("memoryMb", "whole number", "resident memory, of all that is started", "512"),
        new("outputKb", "whole number", "what may be written to standard output", "1024"),
    ];

    public static CheckArgument Environment { get; } = new("env", "text or list of texts", "environment variables that the command is given; nothing else is inherited but PATH", "none");

    /// <summary>The command to run with everything but its input; null when it cannot be.</summary>
    public static ProcessRequest? Read(CheckArguments arguments, CheckServices services, ImmutableArray<string>? otherwise = null)
    {
        var limits = services.ProcessLimits;
        if (arguments.Number("cpuSeconds", 0.1, 3600) is { } cpu) limits = limits with { CpuTime = TimeSpan.FromSeconds(cpu) };
        if (arguments.Number("wallSeconds", 0.1, 3600) is { } wall) limits = limits with { WallTime = TimeSpan.FromSeconds(wall) };
        if (arguments.Count("memoryMb", 1, 1 << 20) is { } memory) limits = limits with { MemoryBytes = (long)memory << 20 };
        if (arguments.Count("outputKb", 1, 1 << 20) is { } output) limits = limits with { OutputBytes = output << 10 };
        if (services.ProcessRunner is not { } runner)
        {
            arguments.Problem(null, "this check runs a command, and this run allows none");
            return null;
        }
        if ((arguments.Has("command") ? Words(arguments.Texts("command")) : otherwise) is not { IsEmpty: false } command) return null;
        var request = new ProcessRequest { Command = command, WorkingDirectory = services.WorkingDirectory, Limits = limits };
        if (runner.CanStart(request)) return request;
        arguments.Problem(arguments.Has("command") ? "command" : null, $"there is no program '{command[0]}' to run", "install it, or write its path from the suite's folder with a slash");
        return null;
    }

    /// <summary>The variables that the command is given, by name, from this process's own.</summary>
    public static ProcessRequest WithEnvironment(ProcessRequest request, CheckArguments arguments)
    {
        var variables = request.Environment;
        foreach (var name in arguments.Texts("env") ?? [])
        {
            if (System.Environment.GetEnvironmentVariable(name) is { } value) variables = variables.SetItem(name, value);
            else arguments.Problem("env", $"the environment variable '{name}' is not set");
        }
        return request with { Environment = variables };
    }

    // One text is split at spaces; a program or argument with a space in it needs the list.
    private static ImmutableArray<string>? Words(ImmutableArray<string>? given) =>
        given is [var line] ? [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)] : given;
}
