using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>What the documents before the experiments declared, and what is known from elsewhere.</summary>
internal sealed class DefinitionContext(DefinitionSet known)
{
    public Dictionary<string, Metric> Metrics { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, Upstream> Upstreams { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, Route> Routes { get; } = new(StringComparer.Ordinal);
    public List<ModelPrice> Prices { get; } = [];
    public DataMapping? Data { get; set; }

    /// <summary>Names that a definition may use although their own definition was refused: one mistake, one message.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    public bool KnowsUpstreams => Upstreams.Count > 0 || known.Upstreams.Count > 0;
    public bool KnowsRoutes => Routes.Count > 0 || known.Routes.Count > 0;
    public IEnumerable<string> UpstreamNames => Upstreams.Keys.Concat(known.Upstreams.Keys);
    public IEnumerable<string> RouteNames => Routes.Keys.Concat(known.Routes.Keys);

    /// <summary>Own definitions before those of the data document, before those known elsewhere, before built-in ones.</summary>
    public Metric? Resolve(string name) =>
        Metrics.GetValueOrDefault(name) ?? Data?.Metrics.FirstOrDefault(m => m.Name == name)
        ?? known.Metrics.GetValueOrDefault(name) ?? BuiltInMetrics.Find(name);

    /// <summary>The same, with a problem when the name is unknown.</summary>
    public Metric? Resolve(string name, Source source, int line, string path)
    {
        if (Resolve(name) is { } metric) return metric;
        if (Broken.Contains("metric " + name)) return null;
        var names = Metrics.Keys.Concat(Data?.Metrics.Select(m => m.Name) ?? []).Concat(known.Metrics.Keys).Concat(BuiltInMetrics.All.Keys);
        source.Error("unknown-metric", line, path, $"there is no metric '{name}'", Suggestions.Hint(name, names) ?? "define it under metrics:, or use a built-in one (docs/concepts/metrics.md)");
        return null;
    }

    public Route? FindRoute(string? name) => name is null ? null : Routes.GetValueOrDefault(name) ?? known.Routes.GetValueOrDefault(name);

    public void CheckUpstream(string name, Source source, int line, string path)
    {
        if (UpstreamNames.Contains(name, StringComparer.Ordinal) || Broken.Contains("upstream " + name)) return;
        if (KnowsUpstreams) source.Error("unknown-upstream", line, path, $"there is no upstream '{name}'", Suggestions.Hint(name, UpstreamNames));
        else source.Warning("unknown-upstream", line, path, $"no upstreams are declared here, so '{name}' could not be checked", "the server that runs this must know it");
    }

    public DefinitionSet ToSet(IEnumerable<Experiment> experiments) => new()
    {
        Experiments = [.. experiments],
        Metrics = Metrics.ToImmutableDictionary(StringComparer.Ordinal),
        Upstreams = Upstreams.ToImmutableDictionary(StringComparer.Ordinal),
        Routes = Routes.ToImmutableDictionary(StringComparer.Ordinal),
        Prices = [.. Prices],
        Data = Data,
    };
}
