using System.Collections.Concurrent;

namespace Assay.Evaluation.Tests.Judges;

/// <summary>A model that answers by a function of the call, and remembers what it was asked.</summary>
internal sealed class FakeCaller(Func<ModelCall, CallOutcome> answer) : IModelCaller
{
    public FakeCaller(Func<ModelCall, string> text) : this(call => CallOutcome.Of(new Answer { Text = text(call), InputTokens = 10, OutputTokens = 5, CostUsd = 0.01 })) { }

    public ConcurrentQueue<ModelCall> Calls { get; } = [];

    public Task<CallOutcome> CallAsync(ModelCall call, CancellationToken cancellationToken = default)
    {
        Calls.Enqueue(call);
        return Task.FromResult(answer(call));
    }
}
