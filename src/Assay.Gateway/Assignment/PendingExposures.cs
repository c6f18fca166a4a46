using Assay.Events;

namespace Assay.Gateway;

/// <summary>Exposures on their way to the disk while the upstream works.</summary>
/// <param name="Append">Completes when they are durable; null when there was nothing to record.</param>
/// <param name="Fresh">The arms whose exposures these are.</param>
internal readonly record struct PendingExposures(Task? Append, List<AssignedVariant>? Fresh)
{
    public static List<AssayEvent> EventsOf(List<AssignedVariant> fresh, DateTimeOffset timestamp, System.Text.Json.JsonElement? attributes)
    {
        var events = new List<AssayEvent>(fresh.Count);
        foreach (var assigned in fresh)
            events.Add(new ExposureEvent
            {
                Id = assigned.ExposureId,
                Timestamp = timestamp,
                Experiment = assigned.Experiment.Key,
                Version = assigned.Experiment.Version,
                Unit = assigned.Unit,
                Variant = assigned.Variant,
                Bucket = assigned.Decision.Bucket,
                Propensity = assigned.Decision.Propensity,
                Reason = assigned.Reason,
                Ids = assigned.Ids,
                Attributes = attributes,
            });
        return events;
    }
}
