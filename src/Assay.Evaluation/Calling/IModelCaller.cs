namespace Assay.Evaluation;

/// <summary>The port to chat models. Implementations retry, limit the rate, keep the budget and remember answers.</summary>
public interface IModelCaller
{
    /// <summary>Asks once. An expected failure is a value; only cancellation throws.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    Task<CallOutcome> CallAsync(ModelCall call, CancellationToken cancellationToken = default);
}
