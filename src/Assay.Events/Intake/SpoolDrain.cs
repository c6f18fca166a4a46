using System.Runtime.CompilerServices;

namespace Assay.Events;

/// <summary>
/// Moves events from the spool to the store, each exactly once: the store keeps the spool position in the same transaction, and
/// after any failure that position, not memory, says where to go on.
/// </summary>
public sealed class SpoolDrain : IDisposable
{
    private readonly EventSpool spool;
    private readonly IEventStore store;
    private readonly TimeProvider time;
    private readonly SpoolDrainOptions options;
    private readonly SemaphoreSlim turn = new(1);
    private StrongBox<SpoolPosition>? position; // a box, so that it is read whole beside its writer
    private long lagAtStart;
    private long drained;
    private volatile bool knowsLag;
    private volatile string? lastError;

    /// <param name="spool">Read from, and freed of what is stored.</param>
    /// <param name="store">Written to; nobody else writes events to it.</param>
    /// <param name="time">For pauses.</param>
    /// <param name="options">Null: the defaults.</param>
    public SpoolDrain(EventSpool spool, IEventStore store, TimeProvider time, SpoolDrainOptions? options = null)
    {
        this.spool = spool;
        this.store = store;
        this.time = time;
        this.options = options ?? new SpoolDrainOptions();
    }

    /// <summary>Why the last attempt failed; null after a success.</summary>
    public string? LastError => lastError;

    /// <summary>Bytes that are on disk and not yet in the store.</summary>
    public long LagBytes => spool.BytesFrom(Volatile.Read(ref position)?.Value ?? spool.Consumed);

    /// <summary>The same in events; null until the store has said where it stands.</summary>
    public long? LagEvents => knowsLag ? Math.Max(0, lagAtStart + spool.Appended - Interlocked.Read(ref drained)) : null;

    /// <summary>Drains until it is cancelled; failures of the store are waited out.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var retry = options.FirstRetry;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var moved = await StepAsync(cancellationToken);
                retry = options.FirstRetry;
                if (moved >= options.BatchEvents) continue;
                await Task.Delay(options.Interval, time, cancellationToken);
                await spool.WaitForDataAsync(Volatile.Read(ref position)?.Value ?? SpoolPosition.Start, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // Whatever the store's trouble is, the events are safe in the spool; StepAsync has noted it for the health page.
                try
                {
                    await Task.Delay(retry, time, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                retry = retry * 2 < options.LongestRetry ? retry * 2 : options.LongestRetry;
            }
        }
    }

    /// <summary>Completes when everything that was durable at the call is in the store; works with or without <see cref="RunAsync"/> beside it.</summary>
    /// <exception cref="EventStoreUnavailableException">The store refuses; nothing is lost.</exception>
    public async Task DrainToEndAsync(CancellationToken cancellationToken = default)
    {
        var target = spool.End;
        while (Volatile.Read(ref position) is not { } at || at.Value < target) await StepAsync(cancellationToken);
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Where to read from, given what the store says: from the oldest event when its position lies in a spool that is gone.</summary>
    internal static SpoolPosition StartFrom(EventSpool spool, SpoolPosition stored) => stored > spool.End ? SpoolPosition.Start : stored;

    private async Task<int> StepAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            position ??= new StrongBox<SpoolPosition>(await FindStartAsync(cancellationToken));
            var from = position.Value;
            var batch = await spool.ReadAsync(from, options.BatchEvents, cancellationToken);
            if (batch.Next > from)
            {
                await store.WriteAsync(batch.Events, batch.Next, cancellationToken);
                Volatile.Write(ref position, new StrongBox<SpoolPosition>(batch.Next));
                Interlocked.Add(ref drained, batch.Events.Count);
                spool.DeleteBefore(batch.Next);
            }
            lastError = null;
            return batch.Events.Count;
        }
        catch (Exception e)
        {
            // The store may have written the batch all the same: it is asked again before the next.
            Volatile.Write(ref position, null);
            if (e is not OperationCanceledException) lastError = e.Message;
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<SpoolPosition> FindStartAsync(CancellationToken cancellationToken)
    {
        var start = StartFrom(spool, await store.ReadPositionAsync(cancellationToken));
        // Appended is read before the count, so that events that come between are counted rather than forgotten.
        var appended = spool.Appended;
        lagAtStart = spool.CountFrom(start) - appended;
        Interlocked.Exchange(ref drained, 0);
        knowsLag = true;
        spool.DeleteBefore(start);
        return start;
    }
}
