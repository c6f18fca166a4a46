namespace Assay.Evaluation;

/// <summary>What a child process and all that it starts may use together. Whatever goes over is killed, the whole of it.</summary>
public sealed record ProcessLimits
{
    /// <summary>Processor time. Enforced by the kernel per process and by looking 20 times a second at all of them.</summary>
    public TimeSpan CpuTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time by the clock.</summary>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Resident memory. Looked at 20 times a second, so it may be overshot for a moment.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Of standard output, and as much of standard error.</summary>
    public int OutputBytes { get; init; } = 1 << 20;

    /// <summary>Of each file that is written. Enforced by the kernel.</summary>
    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>At the same time.</summary>
    public int Processes { get; init; } = 64;
}
