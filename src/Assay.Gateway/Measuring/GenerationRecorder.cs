using System.Threading.Channels;
using Assay.Events;
using Microsoft.Extensions.Hosting;

namespace Assay.Gateway;

/// <summary>Takes generation events after their responses, and appends them in batches without holding anybody. While the spool is down it waits for it; stopping drains what waits.</summary>
internal sealed class GenerationRecorder(IEventSink sink, GatewayOptions options, TimeProvider time, GatewayLog log) : IHostedService, IDisposable
{
    private const int LargestBatch = 512;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);
    private readonly Channel<GenerationEvent> queue = Channel.CreateBounded<GenerationEvent>(
        new BoundedChannelOptions(options.PendingGenerations) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly CancellationTokenSource giveUp = new();
    private volatile bool isFailing;
    private long lost;
    private Task? pump;

    /// <summary>How many events could not be kept since the start.</summary>
    public long Lost => Interlocked.Read(ref lost);

    /// <summary>Hands over an event. Waits only when the queue is full and the spool works; when the spool is down, a full queue loses it and says so.</summary>
    public ValueTask RecordAsync(GenerationEvent generation)
    {
        if (queue.Writer.TryWrite(generation)) return ValueTask.CompletedTask;
        if (!isFailing && !giveUp.IsCancellationRequested) return WaitAsync(generation);
        Lose(1);
        return ValueTask.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        pump = Task.Run(PumpAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await using var _ = cancellationToken.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), giveUp);
        if (pump is not null) await pump;
    }

    public void Dispose() => giveUp.Dispose();

    private async ValueTask WaitAsync(GenerationEvent generation)
    {
        try
        {
            await queue.Writer.WriteAsync(generation, CancellationToken.None);
        }
        catch (ChannelClosedException)
        {
            Lose(1);
        }
    }

    private async Task PumpAsync()
    {
        var batch = new List<AssayEvent>(LargestBatch);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < LargestBatch && queue.Reader.TryRead(out var generation)) batch.Add(generation);
            await AppendAsync(batch);
            // Nobody waits for these events: a short rest lets many share one append, and leaves the processor to requests.
            if (batch.Count < LargestBatch && !queue.Reader.Completion.IsCompleted) await RestAsync();
            // A new list: the sink may still hold the old one.
            batch = new List<AssayEvent>(LargestBatch);
        }
    }

    private async Task RestAsync()
    {
        try
        {
            await Task.Delay(Rest, time, giveUp.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping in haste: no rest.
        }
    }

    /// <summary>Appends until it succeeds or the program must stop; ids make a repeated append the same events.</summary>
    private async Task AppendAsync(List<AssayEvent> batch)
    {
        while (true)
        {
            try
            {
                await sink.AppendAsync(batch, CancellationToken.None);
                isFailing = false;
                return;
            }
            catch (IOException e)
            {
                if (!isFailing) log.GenerationsDelayed(e, batch.Count);
                isFailing = true;
            }
#pragma warning disable CA1031 // The pump must outlive whatever the sink throws; what is no matter of the disk does not heal by waiting.
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.GenerationsDelayed(e, batch.Count);
                Lose(batch.Count);
                return;
            }
            try
            {
                await Task.Delay(options.SpoolRetryAfter, time, giveUp.Token);
            }
            catch (OperationCanceledException)
            {
                Lose(batch.Count);
                return;
            }
        }
    }

    private void Lose(int count)
    {
        var total = Interlocked.Add(ref lost, count);
        // Once per power of two, so that a long outage does not flood the log.
        if (System.Numerics.BitOperations.IsPow2(total) || count > 1) log.GenerationsLost(total);
    }
}
