using System.Collections.Concurrent;

namespace Assay.Events;

/// <summary>Requests between two uses, with their buffers.</summary>
internal sealed class AppendRequestPool
{
    private const int Most = 256;
    private readonly ConcurrentQueue<AppendRequest> free = new();

    public AppendRequest Rent() => free.TryDequeue(out var request) ? request : new AppendRequest(this);

    public void Return(AppendRequest request)
    {
        if (free.Count < Most) free.Enqueue(request);
    }
}
