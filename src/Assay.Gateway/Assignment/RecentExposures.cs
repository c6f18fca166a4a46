using System.Collections.Concurrent;

namespace Assay.Gateway;

/// <summary>A bounded memory of exposures that are on disk. It forgets the older half at a time; what it forgets is recorded again, as the same event.</summary>
internal sealed class RecentExposures(int capacity)
{
    private readonly int half = Math.Max(capacity / 2, 1);
    private readonly Lock gate = new();
    private ConcurrentDictionary<Guid, byte> current = new();
    private ConcurrentDictionary<Guid, byte> previous = new();
    private int count;

    public bool Contains(string exposureId)
    {
        var id = Guid.Parse(exposureId);
        return current.ContainsKey(id) || previous.ContainsKey(id);
    }

    public void Add(string exposureId)
    {
        if (!current.TryAdd(Guid.Parse(exposureId), 0) || Interlocked.Increment(ref count) < half) return;
        lock (gate)
        {
            if (count < half) return;
            previous = current;
            current = new ConcurrentDictionary<Guid, byte>();
            count = 0;
        }
    }
}
