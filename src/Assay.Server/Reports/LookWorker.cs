using Assay.DuckDb;
using Assay.Events;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server;

/// <summary>Looks at the running experiments once a minute, so that the planned end is judged when it comes and not when somebody asks.</summary>
internal sealed class LookWorker(IControlStore control, ReportReader reports, TimeProvider time, ILogger<LookWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Looking takes at most about this share of the time: with very many events a look takes seconds of both the store and the processors.</summary>
    private const double LargestShare = 0.1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var restUntil = time.GetUtcNow();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (time.GetUtcNow() < restUntil) continue;
            var start = time.GetTimestamp();
            try
            {
                foreach (var state in await control.ListAsync(cancellationToken: stoppingToken))
                    if (state.Status == ExperimentStatus.Running) await reports.ReadAsync(state.Experiment.Key, stoppingToken);
            }
            catch (Exception error) when (error is EventStoreUnavailableException or DuckDbException or SqliteException or IOException)
            {
                log.LogWarning("the experiments could not be looked at, trying again in a minute: {Message}", error.Message);
            }
            restUntil = time.GetUtcNow() + time.GetElapsedTime(start) / LargestShare;
        }
    }
}
