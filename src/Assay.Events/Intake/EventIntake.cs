namespace Assay.Events;

/// <summary>
/// Accepts events from outside: each client-chosen id is stored once, however often and however concurrently it is sent, and a call
/// returns only when what it accepts is on disk. Safe for concurrent use.
/// </summary>
public sealed class EventIntake
{
    private readonly EventSpool spool;
    private readonly IEventStore store;
    private readonly IntakeIndex index;
    private readonly EventIntakeOptions options;
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="spool">Where accepted events go.</param>
    /// <param name="store">Where older ids are looked up.</param>
    /// <param name="options">How much is remembered, how long a call waits; null: the defaults.</param>
    /// <param name="time">Measures that wait; null: the system's.</param>
    public EventIntake(EventSpool spool, IEventStore store, EventIntakeOptions? options = null, TimeProvider? time = null)
    {
        this.spool = spool;
        this.store = store;
        this.options = options ?? new EventIntakeOptions();
        this.time = time ?? TimeProvider.System;
        index = new IntakeIndex(this.options);
    }

    /// <summary>Whether <see cref="RebuildAsync"/> is done; until then events with client-chosen ids wait, and are refused as unavailable after <see cref="EventIntakeOptions.StartWait"/>.</summary>
    public bool IsReady => ready.Task.IsCompleted;

    /// <summary>Learns which ids are stored, from the spool and the store. Once, before or beside the drain; may be repeated after a failure.</summary>
    /// <exception cref="EventStoreUnavailableException">The store cannot be read.</exception>
    public async Task RebuildAsync(CancellationToken cancellationToken = default)
    {
        // The spool first: what the drain moves meanwhile is then found in the store.
        var position = SpoolDrain.StartFrom(spool, await store.ReadPositionAsync(cancellationToken));
        while (true)
        {
            var batch = await spool.ReadAsync(position, maxEvents: 10_000, cancellationToken);
            var entries = batch.Events.Where(e => e.HasClientId).Select(e => new IntakeEntry(0, EventFingerprint.OfId(e.Id), EventJson.ContentHash(e))).ToList();
            lock (gate) index.Remember(entries, batch.Next);
            if (batch.Next <= position) break;
            position = batch.Next;
        }
        await foreach (var id in store.ReadIdHashesAsync(cancellationToken))
            lock (gate) index.RememberStored(id);
        ready.TrySetResult();
    }

    /// <summary>Stores the good events of a batch, in its order, and says what became of the others.</summary>
    /// <param name="readings">The batch as read by <see cref="EventReader"/>.</param>
    /// <param name="cancellationToken">Looked at until the events are handed to the disk.</param>
    /// <exception cref="SpoolUnavailableException">Nothing of the batch is acknowledged; the sender may send all of it again.</exception>
    /// <exception cref="EventStoreUnavailableException">The same, because an older id cannot be looked up.</exception>
    public async Task<IntakeResult> AcceptAsync(IReadOnlyList<EventReading> readings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var rejected = new List<RejectedEvent>();
        var entries = new List<IntakeEntry>();
        var chosen = new List<int>(readings.Count);
        for (var i = 0; i < readings.Count; i++)
        {
            if (readings[i].Event is not { } value) rejected.Add(new RejectedEvent(i, readings[i].Reason ?? "not an event"));
            else if (value.HasClientId) entries.Add(new IntakeEntry(i, EventFingerprint.OfId(value.Id), EventJson.ContentHash(value)));
            else chosen.Add(i);
        }
        if (entries.Count > 0 && !IsReady) await UntilReadyAsync(cancellationToken);
        var (accepted, duplicates) = (0, 0);
        for (var first = true; first || entries.Count > 0; first = false)
        {
            var pass = new IntakePass(entries, chosen);
            try
            {
                await StoreAsync(readings, pass, cancellationToken);
            }
            catch (IOException) when (!first)
            {
                // What the first pass stored stays accepted; only what waited for another call must be sent again.
                rejected.AddRange(entries.Select(e => new RejectedEvent(e.Index, "unavailable: send it again")));
                break;
            }
            accepted += pass.Chosen.Count;
            duplicates += pass.Duplicates;
            rejected.AddRange(pass.Conflicts.Select(i => new RejectedEvent(i, "conflict")));
            foreach (var holder in pass.Holders) await holder.Done;
            (entries, chosen) = (pass.Taken, []);
        }
        return new IntakeResult(accepted, duplicates, [.. rejected.OrderBy(r => r.Index)]);
    }

    // A sender who comes while the server starts should not have to come again: most do not.
    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ready.Task.WaitAsync(options.StartWait, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new SpoolUnavailableException("The ids of earlier events are still being read.", e);
        }
    }

    private async Task StoreAsync(IReadOnlyList<EventReading> readings, IntakePass pass, CancellationToken cancellationToken)
    {
        var batch = new IntakeBatch();
        List<IntakeEntry>? stored = null;
        try
        {
            if (pass.Entries.Count > 0) Claim(pass, batch);
            if (pass.Unsure.Count > 0) pass.Resolve(await store.FindAsync(pass.Unsure.ConvertAll(e => e.Id), cancellationToken));
            if (pass.Chosen.Count == 0) return;
            pass.Chosen.Sort();
            await spool.AppendAsync(pass.Chosen.ConvertAll(i => readings[i].Event!), cancellationToken);
            stored = pass.New;
        }
        finally
        {
            if (batch.Claimed.Count > 0)
            {
                lock (gate)
                {
                    index.Release(batch);
                    if (stored is not null) index.Remember(stored, spool.End);
                }
            }
            batch.Finish();
        }
    }

    private void Claim(IntakePass pass, IntakeBatch batch)
    {
        lock (gate)
        {
            index.Forget(spool.Consumed);
            if (index.IsFull) throw new SpoolUnavailableException("The event store has been out for so long that no more ids can be remembered.");
            foreach (var entry in pass.Entries) pass.Add(entry, index.Claim(entry.Id, entry.Content, batch, out var holder), holder);
        }
    }
}
