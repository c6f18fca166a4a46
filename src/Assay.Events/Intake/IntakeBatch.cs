namespace Assay.Events;

/// <summary>A call to the intake that is writing: others that bring the same ids wait for it.</summary>
internal sealed class IntakeBatch
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<UInt128> Claimed { get; } = [];
    public Task Done => done.Task;
    public void Finish() => done.TrySetResult();
}
