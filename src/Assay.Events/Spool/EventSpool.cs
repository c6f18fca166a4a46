namespace Assay.Events;

/// <summary>
/// The durable journal in front of the event store: append-only segment files, one flush for all appends that wait (group commit).
/// Safe for many appenders and readers at once; one process per folder.
/// </summary>
/// <remarks>
/// Reading gives only what is durable. At opening a torn tail, which cannot have been acknowledged, is cut off; damage before it is
/// reported in <see cref="Damages"/>, passed over, and its segment is renamed to <c>*.damaged</c> instead of being deleted.
/// </remarks>
public sealed class EventSpool : IEventSink, IAsyncDisposable
{
    private readonly object gate = new();
    private readonly ISpoolDisk disk;
    private readonly EventSpoolOptions options;
    private readonly SpoolWriter writer;
    private readonly SpoolReader reader;
    private readonly Action pause;
    private readonly AppendRequestPool pool = new();
    private readonly List<long> segments;
    private readonly List<SpoolDamage> damages = [];
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<AppendRequest> waiting = [];
    private long waitingBytes;
    private SpoolPosition end;
    private SpoolPosition consumed;
    private long appended;
    private TaskCompletionSource? arrival;
    private bool closing;
    private int previousGroup;

    internal EventSpool(ISpoolDisk disk, EventSpoolOptions options, Action? pause = null)
    {
        this.disk = disk;
        this.options = options;
        this.pause = pause ?? GatherPause.Rest;
        reader = new SpoolReader(disk, Report);
        segments = [.. disk.List()];
        ISpoolSegment file;
        if (segments.Count == 0)
        {
            file = disk.Create(1);
            segments.Add(1);
            end = new SpoolPosition(1, 0);
        }
        else
        {
            end = new SpoolPosition(segments[^1], SpoolRecovery.FindEnd(disk, segments[^1], Report));
            file = disk.Open(end.Segment);
            TornBytes = SpoolRecovery.CountTorn(file, end.Offset);
            if (file.Length > end.Offset) file.Truncate(end.Offset);
            file.Flush();
        }
        writer = new SpoolWriter(disk, options, file, end);
        new Thread(Run) { IsBackground = true, Name = "assay-spool" }.Start();
    }

    /// <summary>Opens the spool in a folder, or makes one.</summary>
    /// <exception cref="SpoolInUseException">Another process has it open.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static EventSpool Open(string folder, EventSpoolOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var disk = new SpoolFolder(folder);
        try
        {
            return new EventSpool(disk, options ?? new EventSpoolOptions());
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    /// <summary>Position after the last durable event.</summary>
    public SpoolPosition End { get { lock (gate) return end; } }

    /// <summary>Position up to which <see cref="DeleteBefore"/> was called: everything before it is in the store.</summary>
    public SpoolPosition Consumed { get { lock (gate) return consumed; } }

    /// <summary>Events made durable since opening.</summary>
    public long Appended => Interlocked.Read(ref appended);

    /// <summary>Bytes of an unacknowledged tail that were cut off at opening.</summary>
    public long TornBytes { get; }

    /// <summary>Acknowledged regions that could not be read.</summary>
    public IReadOnlyList<SpoolDamage> Damages { get { lock (damages) return [.. damages]; } }

    /// <inheritdoc/>
    /// <remarks>
    /// Cancellation is looked at before the events are handed over; after that they will be written, and the call says so. What follows an await
    /// of this shares its thread with other appenders of the group: it must not block.
    /// </remarks>
    public ValueTask AppendAsync(IReadOnlyList<AssayEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        cancellationToken.ThrowIfCancellationRequested();
        if (events.Count == 0) return ValueTask.CompletedTask;
        var request = pool.Rent();
        try
        {
            for (var i = 0; i < events.Count; i++) request.Buffer.Add(events[i]);
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(closing, this);
                if (waiting.Count > 0 && waitingBytes + request.Buffer.Length > options.WaitingBytes)
                    throw new SpoolUnavailableException("The disk does not keep up: too many events wait to be written.");
                waiting.Add(request);
                waitingBytes += request.Buffer.Length;
                if (waiting.Count == 1) Monitor.Pulse(gate);
            }
        }
        catch
        {
            request.Buffer.Clear();
            pool.Return(request);
            throw;
        }
        return request.Task;
    }

    /// <summary>Reads durable events from a position on, in order.</summary>
    /// <param name="from">A position that an earlier read returned, or <see cref="SpoolPosition.Start"/>: the oldest event that is left.</param>
    /// <param name="maxEvents">Reading stops once so many are there; events that were made durable together come together, so it may be exceeded.</param>
    /// <param name="cancellationToken">Looked at before reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position lies after the end: it belongs to another spool.</exception>
    public ValueTask<SpoolBatch> ReadAsync(SpoolPosition from, int maxEvents, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEvents);
        cancellationToken.ThrowIfCancellationRequested();
        var (until, files) = Snapshot();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, until);
        return ValueTask.FromResult(reader.Read(from, until, files, maxEvents));
    }

    /// <summary>Number of durable events from a position on; reads headers only.</summary>
    public long CountFrom(SpoolPosition from)
    {
        var (until, files) = Snapshot();
        return reader.Count(from, until, files);
    }

    /// <summary>Durable bytes from a position on, by the sizes of the files.</summary>
    public long BytesFrom(SpoolPosition from)
    {
        var (until, files) = Snapshot();
        var bytes = until.Offset - (from.Segment == until.Segment ? from.Offset : 0);
        foreach (var segment in files)
            if (segment >= from.Segment && segment < until.Segment) bytes += disk.LengthOf(segment) - (segment == from.Segment ? from.Offset : 0);
        return Math.Max(0, bytes);
    }

    /// <summary>Completes when something durable lies after the position.</summary>
    public Task WaitForDataAsync(SpoolPosition after, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (end > after) return Task.CompletedTask;
            arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return arrival.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Removes the segments that lie wholly before a position; the caller has stored what was in them.</summary>
    public void DeleteBefore(SpoolPosition position)
    {
        List<long> done;
        lock (gate)
        {
            if (position > consumed) consumed = position;
            done = segments.FindAll(s => s < position.Segment && s < end.Segment);
            segments.RemoveAll(done.Contains);
        }
        foreach (var segment in done)
        {
            if (Damages.Any(d => d.Position.Segment == segment)) disk.SetAside(segment);
            else disk.Delete(segment);
        }
    }

    /// <summary>Writes what waits, and releases the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closing = true;
            Monitor.Pulse(gate);
        }
        await finished.Task;
        disk.Dispose();
    }

    private (SpoolPosition End, long[] Segments) Snapshot()
    {
        lock (gate) return (end, [.. segments]);
    }

    private void Run()
    {
        var group = new List<AppendRequest>();
        while (Take(group))
        {
            Commit(group);
            group.Clear();
        }
        writer.Dispose();
        finished.SetResult();
    }

    // Waits for appends and takes all that wait, up to the size of a group; false when the spool is closed and nothing waits.
    private bool Take(List<AppendRequest> group)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (closing) return false;
                Monitor.Wait(gate);
            }
        }
        Gather();
        lock (gate)
        {
            var bytes = 0L;
            var count = 0;
            for (; count < waiting.Count; count++)
            {
                bytes += waiting[count].Buffer.Length;
                if (count > 0 && bytes > options.GroupBytes) break;
                group.Add(waiting[count]);
                waitingBytes -= waiting[count].Buffer.Length;
            }
            waiting.RemoveRange(0, count);
            previousGroup = count;
            return true;
        }
    }

    // Lets more appends join the group while it is worth it and they keep coming.
    private void Gather()
    {
        var before = 0;
        for (var rests = 0; rests < GatherPause.Most; rests++)
        {
            lock (gate)
            {
                if (closing || waiting.Count == before || !GatherPause.IsWorthwhile(previousGroup, waiting.Count, waitingBytes)) return;
                before = waiting.Count;
            }
            pause();
        }
    }

    private void Commit(List<AppendRequest> group)
    {
        SpoolUnavailableException? failure = null;
        try
        {
            writer.Write(group);
        }
        catch (Exception e)
        {
            // Whatever it was: this thread must live, and the senders must not believe that they are safe.
            failure = new SpoolUnavailableException("The events could not be written: " + e.Message, e);
        }
        Publish(group, failure is null);
        CompletedGroup.Answer(group, failure);
    }

    private void Publish(List<AppendRequest> group, bool written)
    {
        TaskCompletionSource? woken = null;
        lock (gate)
        {
            end = writer.End;
            if (segments[^1] != end.Segment) segments.Add(end.Segment);
            if (written)
            {
                foreach (var request in group) appended += request.Buffer.Count;
                (woken, arrival) = (arrival, null);
            }
        }
        woken?.SetResult();
    }

    private void Report(SpoolDamage damage)
    {
        lock (damages)
        {
            if (damages.Any(d => d.Position == damage.Position && d.Bytes == damage.Bytes)) return;
            damages.Add(damage);
        }
        options.OnDamage?.Invoke(damage);
    }
}
