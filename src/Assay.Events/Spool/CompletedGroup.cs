namespace Assay.Events;

/// <summary>
/// Answers the appenders of one group from as many pool threads as there are processors, instead of one pool item each: the pool wakes a thread
/// per item that it sees waiting, which cost more than what the appenders did next.
/// </summary>
internal sealed class CompletedGroup(AppendRequest[] group, SpoolUnavailableException? failure) : IThreadPoolWorkItem
{
    // At least two, so that an appender that blocks its thread, which none should, does not hold up the rest even on one processor.
    private static readonly int Threads = Math.Max(2, Environment.ProcessorCount);
    private int next;

    public static void Answer(List<AppendRequest> group, SpoolUnavailableException? failure)
    {
        var completed = new CompletedGroup([.. group], failure);
        for (var i = Math.Min(group.Count, Threads); i > 0; i--) ThreadPool.UnsafeQueueUserWorkItem(completed, preferLocal: false);
    }

    public void Execute()
    {
        while (Interlocked.Increment(ref next) is var taken && taken <= group.Length)
        {
            if (failure is null) group[taken - 1].Complete();
            else group[taken - 1].Fail(failure);
        }
    }
}
