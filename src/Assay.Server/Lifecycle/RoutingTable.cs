using Assay.Experiments;

namespace Assay.Server;

/// <summary>The upstreams, routes, prices and shared metrics that the server knows now. Replaced as a whole, read without locks.</summary>
public sealed class RoutingTable
{
    private DefinitionSet _current = DefinitionSet.Empty;

    public DefinitionSet Current => Volatile.Read(ref _current);

    /// <summary>Adds what a definition set brings; a name that is there already is replaced.</summary>
    public void Merge(DefinitionSet added)
    {
        ArgumentNullException.ThrowIfNull(added);
        var old = Current;
        Volatile.Write(ref _current, old with
        {
            Experiments = [],
            Metrics = old.Metrics.SetItems(added.Metrics),
            Upstreams = old.Upstreams.SetItems(added.Upstreams),
            Routes = old.Routes.SetItems(added.Routes),
            Prices = [.. added.Prices, .. old.Prices.Where(p => added.Prices.All(a => a.Model != p.Model || a.From != p.From))],
        });
    }
}
