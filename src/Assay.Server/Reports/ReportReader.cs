using Assay.Analysis;
using Assay.Events;

namespace Assay.Server;

/// <summary>Computes a report now: everything acknowledged so far is moved into the store first, then reduced and judged.</summary>
/// <remarks>
/// A version is judged once. The first report at its planned end is kept and answered from then on: recomputing it with every
/// later event would be another look at the data, and each look costs alpha that the plan does not have.
/// </remarks>
public sealed class ReportReader(IControlStore control, IEventStore events, SpoolDrain drain, TimeProvider time)
{
    /// <summary>Of the version that carries or carried traffic last; null when the key is unknown.</summary>
    public async Task<Report?> ReadAsync(string key, CancellationToken cancellationToken = default)
    {
        var versions = (await control.ListAsync(allVersions: true, cancellationToken)).Where(s => s.Experiment.Key == key).ToList();
        var state = versions.Where(s => s.StartedAt is not null).MaxBy(s => s.Version) ?? versions.MaxBy(s => s.Version);
        if (state is null) return null;
        var rolledBack = state.Status == ExperimentStatus.RolledBack;
        if (!rolledBack && await control.ReadFinalReportAsync(key, state.Version, cancellationToken) is { } kept) return ReportJson.Read(kept);

        await drain.DrainToEndAsync(cancellationToken);
        // Judged now and not at the newest event: windows close when traffic has ended too, and an event from a clock that is ahead closes none.
        var query = MomentsQueries.For(state.Experiment, state.Version) with { AsOf = time.GetUtcNow() };
        var moments = await events.ReadMomentsAsync(query, cancellationToken);
        var report = ReportBuilder.Build(state.Experiment, moments, new ReportOptions
        {
            Version = state.Version,
            StartedAt = state.StartedAt,
            IsLive = state.Status is ExperimentStatus.Draft or ExperimentStatus.Running or ExperimentStatus.Paused,
            HasEnded = state.Status is ExperimentStatus.Stopped or ExperimentStatus.Concluded,
            QuantileZ = query.QuantileZ,
            RolledBackReason = rolledBack ? await RollbackReasonAsync(state, cancellationToken) : null,
        });
        if (report.IsFinal && !rolledBack && report.Verdict.Decision != Decision.Invalid)
            await control.SaveFinalReportAsync(key, state.Version, ReportJson.Write(report), cancellationToken);
        return report;
    }

    public async Task<string?> ReadJsonAsync(string key, CancellationToken cancellationToken = default) =>
        await ReadAsync(key, cancellationToken) is { } report ? ReportJson.Write(report) : null;

    private async Task<string> RollbackReasonAsync(ExperimentState state, CancellationToken cancellationToken) =>
        (await control.ReadAuditAsync(state.Experiment.Key, cancellationToken))
            .FirstOrDefault(entry => entry.Action == "rollback" && entry.Version == state.Version)?.Reason ?? "rolled back";
}
