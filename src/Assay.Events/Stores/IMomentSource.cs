namespace Assay.Events;

/// <summary>Where an analysis gets its sufficient statistics: the event store, or a recorded file. Raw rows never leave.</summary>
public interface IMomentSource
{
    /// <summary>Reduces the events of one experiment version to one row per metric × variant, at the unit of randomisation.</summary>
    /// <exception cref="EventStoreUnavailableException">The store cannot be read.</exception>
    Task<ExperimentMoments> ReadMomentsAsync(MomentsQuery query, CancellationToken cancellationToken = default);
}
