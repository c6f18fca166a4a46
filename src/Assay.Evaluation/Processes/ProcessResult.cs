namespace Assay.Evaluation;

/// <summary>What became of a command.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Null unless it exited by itself; 128 + n when signal n ended it.</param>
/// <param name="Output">Standard output as UTF-8, as far as the limit.</param>
/// <param name="Error">Standard error; why it did not start.</param>
public sealed record ProcessResult(ProcessOutcome Outcome, int? ExitCode, string Output, string Error)
{
    /// <summary>In words, for reasons.</summary>
    public string Describe(ProcessLimits limits) => Outcome switch
    {
        ProcessOutcome.Exited => $"exit code {ExitCode}",
        ProcessOutcome.NotStarted => "it could not be started: " + Error,
        ProcessOutcome.WallTimeExceeded => $"it ran longer than {limits.WallTime.TotalSeconds:0.##} s",
        ProcessOutcome.CpuTimeExceeded => $"it used more than {limits.CpuTime.TotalSeconds:0.##} s of processor time",
        ProcessOutcome.MemoryExceeded => $"it used more than {limits.MemoryBytes >> 20} MB of memory",
        ProcessOutcome.OutputExceeded => $"it wrote more than {limits.OutputBytes} bytes",
        _ => $"it started more than {limits.Processes} processes",
    };
}
