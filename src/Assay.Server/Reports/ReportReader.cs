using Assay.Analysis;
using Assay.Events;

namespace Assay.Server;

/// <summary>Computes a report now: everything acknowledged so far is moved into the store first, then reduced and judged.</summary>
/// <remarks>
/// A version is judged once, and each registered look is evaluated once: its report is kept, and what it decided is answered from then on.
/// Recomputing it with every later event would be another look at the data, and each look costs alpha that the plan does not have.
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
        var looked = await LastLookAsync(state, cancellationToken);
        if (!rolledBack && looked is { Ends: true }) return looked;

        await drain.DrainToEndAsync(cancellationToken);
        // Judged now and not at the newest event: windows close when traffic has ended too, and an event from a clock that is ahead closes none.
        var query = MomentsQueries.For(state.Experiment, state.Version) with { AsOf = time.GetUtcNow(), Caps = looked?.Looks[0].Caps ?? [], Strata = looked?.Looks[0].Strata };
        var moments = await events.ReadMomentsAsync(query, cancellationToken);
        var report = ReportBuilder.Build(state.Experiment, moments, new ReportOptions
        {
            Version = state.Version,
            StartedAt = state.StartedAt,
            IsLive = state.Status is ExperimentStatus.Draft or ExperimentStatus.Running or ExperimentStatus.Paused,
            HasEnded = state.Status is ExperimentStatus.Stopped or ExperimentStatus.Concluded,
            QuantileZ = query.QuantileZ,
            RolledBackReason = rolledBack ? await RollbackReasonAsync(state, cancellationToken) : null,
            RemembersLooks = true,
            Looks = looked?.Looks ?? [],
        });
        if (rolledBack || report.Verdict.Decision == Decision.Invalid) return report;
        if (report.Look is { } look)
        {
            await control.SaveLookAsync(key, state.Version, look, ReportJson.Write(report), cancellationToken);
            report = await LastLookAsync(state, cancellationToken) ?? report;
        }
        if (report.Ends) await control.SaveFinalReportAsync(key, state.Version, ReportJson.Write(report), cancellationToken);
        return Stands(looked, report) ? looked! : report;
    }

    /// <summary>Between looks the last one is answered when it decided something (hold, giving up), and as long as no unit has been added to it.</summary>
    private static bool Stands(Report? looked, Report now) => looked is not null && now.Look is null && now.Verdict.Decision == Decision.KeepRunning
        && (looked.Verdict.Decision != Decision.KeepRunning || looked.MaturedUnits == now.MaturedUnits);

    private async Task<Report?> LastLookAsync(ExperimentState state, CancellationToken cancellationToken) =>
        (await control.ReadLooksAsync(state.Experiment.Key, state.Version, cancellationToken)) is { Count: > 0 } looks ? ReportJson.Read(looks[^1]) : null;

    public async Task<string?> ReadJsonAsync(string key, CancellationToken cancellationToken = default) =>
        await ReadAsync(key, cancellationToken) is { } report ? ReportJson.Write(report) : null;

    private async Task<string> RollbackReasonAsync(ExperimentState state, CancellationToken cancellationToken) =>
        (await control.ReadAuditAsync(state.Experiment.Key, cancellationToken))
            .FirstOrDefault(entry => entry.Action == "rollback" && entry.Version == state.Version)?.Reason ?? "rolled back";
}
