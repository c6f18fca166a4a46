using System.Runtime.InteropServices;

namespace Assay.Events;

/// <summary>
/// Which client-chosen ids are stored: the recent ones with their content, all of them as a filter, and those being written now.
/// An id leaves memory only when the store has it. Not safe for concurrent use: the intake holds a lock.
/// </summary>
internal sealed class IntakeIndex(EventIntakeOptions options)
{
    private readonly Dictionary<UInt128, ulong> recent = [];
    private readonly Queue<(SpoolPosition End, UInt128[] Ids)> order = [];
    private readonly Dictionary<UInt128, IntakeBatch> claims = [];
    private readonly IdFilter filter = new(options.FilterIds);

    public int Recent => recent.Count;
    public bool IsFull => recent.Count >= options.MostUndrainedIds;

    /// <summary>Looks an id up and, when it may be new, claims it for the batch.</summary>
    /// <param name="holder">Who writes it now, when it is taken.</param>
    public IdStanding Claim(UInt128 id, ulong content, IntakeBatch batch, out IntakeBatch? holder)
    {
        holder = null;
        if (recent.TryGetValue(id, out var known)) return known == content ? IdStanding.Duplicate : IdStanding.Conflict;
        ref var claim = ref CollectionsMarshal.GetValueRefOrAddDefault(claims, id, out var taken);
        if (taken)
        {
            holder = claim;
            return IdStanding.Taken;
        }
        claim = batch;
        batch.Claimed.Add(id);
        return filter.MayContain(id) ? IdStanding.Unsure : IdStanding.New;
    }

    /// <summary>Takes back everything that a batch claimed.</summary>
    public void Release(IntakeBatch batch)
    {
        foreach (var id in batch.Claimed) claims.Remove(id);
        batch.Claimed.Clear();
    }

    /// <summary>Remembers ids that are in the spool before <paramref name="end"/>.</summary>
    public void Remember(IEnumerable<IntakeEntry> stored, SpoolPosition end)
    {
        var ids = new List<UInt128>();
        foreach (var entry in stored)
        {
            if (!recent.TryAdd(entry.Id, entry.Content)) continue;
            filter.Add(entry.Id);
            ids.Add(entry.Id);
        }
        if (ids.Count > 0) order.Enqueue((end, [.. ids]));
    }

    /// <summary>An id that is in the store.</summary>
    public void RememberStored(UInt128 id)
    {
        if (!recent.ContainsKey(id)) filter.Add(id);
    }

    /// <summary>Forgets the oldest ids above the limit, as far as the store has them.</summary>
    public void Forget(SpoolPosition consumed)
    {
        while (recent.Count > options.RecentIds && order.TryPeek(out var oldest) && oldest.End <= consumed)
        {
            foreach (var id in oldest.Ids) recent.Remove(id);
            order.Dequeue();
        }
    }
}
