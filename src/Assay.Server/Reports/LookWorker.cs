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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var state in await control.ListAsync(cancellationToken: stoppingToken))
                    if (state.Status == ExperimentStatus.Running) await reports.ReadAsync(state.Experiment.Key, stoppingToken);
            }
            catch (Exception error) when (error is EventStoreUnavailableException or DuckDbException or SqliteException or IOException)
            {
                log.LogWarning("the experiments could not be looked at, trying again in a minute: {Message}", error.Message);
            }
        }
    }
}
