using System.Threading.Tasks.Sources;

namespace Assay.Events;

/// <summary>One append that waits for its group. Pooled: the awaiter gives it back by reading the result.</summary>
internal sealed class AppendRequest : IValueTaskSource
{
    private readonly AppendRequestPool pool;
    private ManualResetValueTaskSourceCore<bool> completion; // Continues inline: CompletedGroup is on a pool thread already.

    public AppendRequest(AppendRequestPool pool) => this.pool = pool;

    public SpoolBuffer Buffer { get; } = new();
    public ValueTask Task => new(this, completion.Version);
    public void Complete() => completion.SetResult(true);
    public void Fail(Exception exception) => completion.SetException(exception);

    public void GetResult(short token)
    {
        try
        {
            completion.GetResult(token);
        }
        finally
        {
            Buffer.Clear();
            completion.Reset();
            pool.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        completion.OnCompleted(continuation, state, token, flags);
}
