namespace Assay.Evaluation;

/// <summary>The port to child processes.</summary>
public interface IProcessRunner
{
    /// <summary>Runs a command within its limits, and leaves nothing of it running. An expected failure is a value.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the command was killed.</exception>
    Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken = default);

    /// <summary>Whether the program of a command is there to be started; asked before a run, so that nothing is paid for in vain.</summary>
    bool CanStart(ProcessRequest request);
}
