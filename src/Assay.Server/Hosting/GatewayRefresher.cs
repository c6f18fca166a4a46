using Assay.Events;
using Assay.Gateway;

namespace Assay.Server;

/// <summary>Compiles a new gateway snapshot from the control store and the routing, and swaps it in.</summary>
public sealed class GatewayRefresher(GatewayState state, IControlStore store, RoutingTable routing, Func<string, string?> environment)
{
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var experiments = await store.ListAsync(allVersions: true, cancellationToken);
        state.Replace(GatewaySnapshot.Build(routing.Current, experiments, environment));
    }
}
