using Assay.Events;
using Assay.Gateway;

namespace Assay.Server;

/// <summary>Looks at what a request needs: the gateway's snapshot, the spool, the way from the spool to the store.</summary>
public sealed class ReadinessProbe(GatewayState gateway, SpoolDrain drain, EventIntake intake)
{
    public HealthSnapshot Look()
    {
        List<string> problems = [.. gateway.Current.Problems];
        var storeIsOut = drain.LastError;
        if (storeIsOut is { } error) problems.Add($"events wait in the spool, the event store does not take them: {error}");
        // No reason to keep traffic away: the gateway's own events need no look at earlier ids.
        if (!intake.IsReady) problems.Add("the ids of earlier events are still being read; events with ids of their own wait for it");
        return new HealthSnapshot(storeIsOut is not null ? "not-ready" : problems.Count == 0 ? "ready" : "degraded", [.. problems], drain.LagEvents);
    }
}
