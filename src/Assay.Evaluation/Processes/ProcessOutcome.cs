namespace Assay.Evaluation;

/// <summary>How a child process ended.</summary>
public enum ProcessOutcome
{
    /// <summary>By itself: the exit code tells.</summary>
    Exited,

    /// <summary>It could not be started: no such command, not executable.</summary>
    NotStarted,

    WallTimeExceeded,
    CpuTimeExceeded,
    MemoryExceeded,
    OutputExceeded,
    ProcessesExceeded,
}
