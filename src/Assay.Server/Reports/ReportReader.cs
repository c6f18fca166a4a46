using Assay.Analysis;
using Assay.Events;

namespace Assay.Server;

/// <summary>Computes a report now: everything acknowledged so far is moved into the store first, then reduced and judged.</summary>
public sealed class ReportReader(IControlStore control, IEventStore events, SpoolDrain drain)
{
    /// <summary>The version that carries or carried traffic last; null when the key is unknown.</summary>
    public async Task<Report?> ReadAsync(string key, CancellationToken cancellationToken = default)
    {
        var versions = (await control.ListAsync(allVersions: true, cancellationToken)).Where(s => s.Experiment.Key == key).ToList();
        var state = versions.Where(s => s.StartedAt is not null).MaxBy(s => s.Version) ?? versions.MaxBy(s => s.Version);
        if (state is null) return null;
        await drain.DrainToEndAsync(cancellationToken);
        var moments = await events.ReadMomentsAsync(new MomentsQuery(state.Experiment, state.Version), cancellationToken);
        return ReportBuilder.Build(state.Experiment, moments, new ReportOptions { Version = state.Version, IsRolledBack = state.Status == ExperimentStatus.RolledBack });
    }

    public async Task<string?> ReadJsonAsync(string key, CancellationToken cancellationToken = default) =>
        await ReadAsync(key, cancellationToken) is { } report ? ReportJson.Write(report) : null;
}
