using Assay.DuckDb;
using Assay.Events;

namespace Assay.Storage;

/// <summary>A batch sorted by kind, each client-chosen id once, repeated exposures collapsed to the earliest per exposure × variant.</summary>
internal sealed class EventBatch
{
    private readonly Dictionary<(string Id, string Variant), ExposureEvent> _exposures = [];

    /// <param name="events">In the order of the spool.</param>
    /// <param name="stored">Ids that the store has already: their events are left out.</param>
    public EventBatch(IReadOnlyList<AssayEvent> events, IReadOnlySet<UInt128> stored)
    {
        foreach (var e in events)
        {
            // An exposure may come again with an earlier time, and collapses below; it is never left out.
            if (e is ExposureEvent exposure)
            {
                Collapse(exposure);
                continue;
            }
            if (e.HasClientId)
            {
                var id = EventFingerprint.OfId(e.Id);
                if (stored.Contains(id) || !ClientIds.TryAdd(id, e)) continue;
            }
            switch (e)
            {
                case GenerationEvent generation: Generations.Add(generation); break;
                case OutcomeEvent outcome: Outcomes.Add(outcome); break;
                case ScoreEvent score: Scores.Add(score); break;
                case LabelEvent label: Labels.Add(label); break;
                default: throw new ArgumentException($"the store knows no event of type {e.GetType().Name}", nameof(events));
            }
        }
    }

    public Dictionary<UInt128, AssayEvent> ClientIds { get; } = [];
    public IReadOnlyCollection<ExposureEvent> Exposures => _exposures.Values;
    public List<GenerationEvent> Generations { get; } = [];
    public List<OutcomeEvent> Outcomes { get; } = [];
    public List<ScoreEvent> Scores { get; } = [];
    public List<LabelEvent> Labels { get; } = [];

    /// <summary>The batch without the events whose client-chosen id the store has.</summary>
    public static EventBatch WithoutStored(DuckDbConnection connection, IReadOnlyList<AssayEvent> events, CancellationToken cancellationToken)
    {
        var clientIds = events.Where(e => e.HasClientId && e is not ExposureEvent).Select(e => EventFingerprint.OfId(e.Id)).ToHashSet();
        return new EventBatch(events, EventIds.Find(connection, clientIds, cancellationToken).Keys.ToHashSet());
    }

    /// <summary>Writes the batch, in the transaction of the caller.</summary>
    public void WriteTo(DuckDbConnection connection)
    {
        ExposureWriter.Write(connection, Exposures);
        GenerationWriter.Write(connection, Generations);
        OutcomeWriter.Write(connection, Outcomes);
        OutcomeWriter.Write(connection, Scores);
        OutcomeWriter.Write(connection, Labels);
        EventIds.Write(connection, ClientIds);
    }

    private void Collapse(ExposureEvent exposure)
    {
        if (string.IsNullOrEmpty(exposure.Experiment))
            throw new ArgumentException($"exposure {exposure.Id} names no experiment", nameof(exposure));
        var key = (exposure.Id, exposure.Variant);
        if (!_exposures.TryGetValue(key, out var known) || exposure.Timestamp < known.Timestamp) _exposures[key] = exposure;
    }
}
