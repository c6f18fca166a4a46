namespace Assay.Events;

/// <summary>The port to the transactional store of experiments and their history. Small data; never on the request path.</summary>
public interface IControlStore
{
    /// <summary>The newest version of every experiment, and older ones where <paramref name="allVersions"/>.</summary>
    Task<IReadOnlyList<ExperimentState>> ListAsync(bool allVersions = false, CancellationToken cancellationToken = default);

    /// <summary>The newest version of one experiment; null when the key is unknown.</summary>
    Task<ExperimentState?> FindAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Writes a state and its audit entry in one transaction. A draft may be replaced; of a version that has started, the definition may not change.</summary>
    /// <exception cref="InvalidOperationException">The definition of a started version would change.</exception>
    Task SaveAsync(ExperimentState state, AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Keeps the routing that came over HTTP (upstreams, routes, prices, shared metrics; never a key), replacing what was kept.</summary>
    /// <param name="json">A definition document that the definition reader takes.</param>
    Task SaveRoutingAsync(string json, CancellationToken cancellationToken = default);

    /// <summary>What <see cref="SaveRoutingAsync"/> kept last; null when nothing was.</summary>
    Task<string?> ReadRoutingAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps the report that was made at the planned end of a version. The first one stays: a version is judged once.</summary>
    Task SaveFinalReportAsync(string key, int version, string json, CancellationToken cancellationToken = default);

    /// <summary>The report of the planned end; null before it.</summary>
    Task<string?> ReadFinalReportAsync(string key, int version, CancellationToken cancellationToken = default);

    /// <summary>Keeps the report of a registered look. The first one stays: a look is evaluated once.</summary>
    /// <param name="key">Of the experiment.</param>
    /// <param name="version">Its version.</param>
    /// <param name="look">The registered look, from 1.</param>
    /// <param name="json">The report.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task SaveLookAsync(string key, int version, int look, string json, CancellationToken cancellationToken = default);

    /// <summary>The reports of the looks that were evaluated, in the order of the looks.</summary>
    Task<IReadOnlyList<string>> ReadLooksAsync(string key, int version, CancellationToken cancellationToken = default);

    /// <summary>Newest first; of one experiment, or of all.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string? experiment = null, CancellationToken cancellationToken = default);
}
