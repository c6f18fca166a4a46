namespace Assay.Cli;

/// <summary>The exit codes of every verb; scripts depend on them.</summary>
public static class ExitCode
{
    /// <summary>Done, or pass.</summary>
    public const int Done = 0;

    /// <summary>A gate or check says no.</summary>
    public const int Fail = 1;

    /// <summary>Wrong usage or definition.</summary>
    public const int Usage = 2;

    /// <summary>The data do not decide.</summary>
    public const int Inconclusive = 3;

    /// <summary>Sample ratio mismatch, judge errors, missing rows.</summary>
    public const int Invalid = 4;

    /// <summary>Could not run: I/O, upstream, missing key.</summary>
    public const int CouldNotRun = 5;
}
