using Assay.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server;

/// <summary>Fills the intake's index at start, then moves events from the spool to the store until the server stops.</summary>
internal sealed class EventWorker(EventSpool spool, EventIntake intake, SpoolDrain drain, TimeProvider time, ILogger<EventWorker> log) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WatchPause = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (spool.TornBytes > 0)
            log.LogWarning("The spool ended in {Bytes} bytes of an interrupted write, never acknowledged; they were removed.", spool.TornBytes);
        return Task.WhenAll(RebuildAsync(stoppingToken), drain.RunAsync(stoppingToken), WatchAsync(stoppingToken));
    }

    private async Task RebuildAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await intake.RebuildAsync(cancellationToken);
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // Until it succeeds, events with ids of their own wait, then are answered with 503; the gateway's are taken all the same.
                log.LogError(e, "The ids of earlier events cannot be read; trying again.");
                await PauseAsync(RetryPause, cancellationToken);
            }
        }
    }

    // Damage and a store that is out are told once each, when they begin.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var told = 0;
        string? error = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var damages = spool.Damages;
            for (; told < damages.Count; told++) log.LogCritical("The spool is damaged: {Damage}", damages[told].Text);
            var now = drain.LastError;
            if (now is not null && error is null) log.LogError("Events wait in the spool, the event store does not take them: {Error}", now);
            if (now is null && error is not null) log.LogInformation("The event store takes events again.");
            error = now;
            await PauseAsync(WatchPause, cancellationToken);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop looks at the token.
        }
    }
}
