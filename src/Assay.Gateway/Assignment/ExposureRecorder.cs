using System.Text.Json;
using Assay.Events;

namespace Assay.Gateway;

/// <summary>Makes exposures durable before anything of the response is delivered, and knows which already are.</summary>
internal sealed class ExposureRecorder(IEventSink sink, GatewayOptions options, TimeProvider time, GatewayLog log)
{
    private readonly RecentExposures recent = new(options.RememberedExposures);
    private long unavailableUntil;

    /// <summary>True for a while after an exposure could not be recorded; then the spool is tried again.</summary>
    public bool IsUnavailable => Volatile.Read(ref unavailableUntil) is not 0 and var until && time.GetTimestamp() < until;

    public bool IsKnown(string exposureId) => recent.Contains(exposureId);

    /// <summary>Starts recording the exposures that are not known to be on disk. Never throws.</summary>
    public PendingExposures Begin(List<AssignedVariant> assigned, DateTimeOffset timestamp, JsonElement? attributes)
    {
        List<AssignedVariant>? fresh = null;
        foreach (var arm in assigned)
            if (!recent.Contains(arm.ExposureId)) (fresh ??= new List<AssignedVariant>(assigned.Count)).Add(arm);
        if (fresh is null) return default;
        try
        {
            // Not the request's token: the unit meets the variant even if the client hangs up now.
            return new PendingExposures(sink.AppendAsync(PendingExposures.EventsOf(fresh, timestamp, attributes), CancellationToken.None).AsTask(), fresh);
        }
#pragma warning disable CA1031 // A sink that breaks in any way must not fail the request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new PendingExposures(Task.FromException(e), fresh);
        }
    }

    /// <summary>Waits until the exposures are durable.</summary>
    /// <returns>False when they are not: the arms are then marked as not exposed and the response is delivered all the same.</returns>
    public async ValueTask<bool> CompleteAsync(PendingExposures pending)
    {
        if (pending.Append is not { } append) return true;
        try
        {
            if (!append.IsCompletedSuccessfully) await append.WaitAsync(options.ExposureTimeout, time);
            foreach (var arm in pending.Fresh!) recent.Add(arm.ExposureId);
            if (Volatile.Read(ref unavailableUntil) != 0) Volatile.Write(ref unavailableUntil, 0);
            return true;
        }
#pragma warning disable CA1031 // As above: whatever the sink throws, the user gets the answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Volatile.Write(ref unavailableUntil, time.GetTimestamp() + (long)(options.SpoolRetryAfter.TotalSeconds * time.TimestampFrequency));
            foreach (var arm in pending.Fresh!) arm.IsExposed = false;
            log.ExposureLost(e, pending.Fresh!.Count);
            return false;
        }
    }
}
