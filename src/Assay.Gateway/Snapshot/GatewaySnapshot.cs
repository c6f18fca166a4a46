using System.Collections.Frozen;
using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>All that the data plane serves from: routes, experiments in whatever state, upstreams, prices. Immutable; built off the request path and swapped whole.</summary>
public sealed class GatewaySnapshot
{
    public static GatewaySnapshot Empty { get; } = Build(DefinitionSet.Empty, [], static _ => null);

    private GatewaySnapshot(FrozenDictionary<string, ServedRoute> routes, FrozenDictionary<string, GatewayUpstream> upstreams,
        ImmutableArray<ServedExperiment> experiments, PriceTable prices, ImmutableArray<string> problems)
    {
        Routes = routes;
        Upstreams = upstreams;
        Experiments = experiments;
        Prices = prices;
        Problems = problems;
    }

    /// <summary>By the model name that clients ask for.</summary>
    internal FrozenDictionary<string, ServedRoute> Routes { get; }

    /// <summary>By name.</summary>
    public FrozenDictionary<string, GatewayUpstream> Upstreams { get; }

    /// <summary>One version of every experiment, routed or not, in ordinal order of their keys.</summary>
    internal ImmutableArray<ServedExperiment> Experiments { get; }

    internal PriceTable Prices { get; }

    /// <summary>What cannot be served, in words for an operator: unset keys, upstreams that are not declared, experiments that do not compile.</summary>
    public ImmutableArray<string> Problems { get; }

    /// <summary>The model names that clients may ask for, in ordinal order.</summary>
    public IEnumerable<string> RouteNames => Routes.Keys.Order(StringComparer.Ordinal);

    /// <summary>Compiles a snapshot. Never throws for content: what cannot be served is left to its fallback and listed in <see cref="Problems"/>.</summary>
    /// <param name="definitions">Upstreams, routes and prices; its experiments are not looked at.</param>
    /// <param name="experiments">The experiments' states, any versions in any order. Of several versions the running one is served, else the newest concluded one, else the newest.</param>
    /// <param name="environment">Looks up an environment variable; asked for the keys of the upstreams, which are kept here and shown nowhere.</param>
    public static GatewaySnapshot Build(DefinitionSet definitions, IEnumerable<ExperimentState> experiments, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        ArgumentNullException.ThrowIfNull(experiments);
        ArgumentNullException.ThrowIfNull(environment);
        return Build(definitions, experiments, environment, static state => new ServedExperiment(state));
    }

    internal static GatewaySnapshot Build(DefinitionSet definitions, IEnumerable<ExperimentState> experiments,
        Func<string, string?> environment, Func<ExperimentState, ServedExperiment> compile)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var upstreams = definitions.Upstreams.Values.ToFrozenDictionary(u => u.Name, u => new GatewayUpstream(u, environment), StringComparer.Ordinal);
        problems.AddRange(upstreams.Values.Where(u => u.IsKeyMissing).OrderBy(u => u.Name, StringComparer.Ordinal)
            .Select(u => $"upstream '{u.Name}' needs the environment variable {u.KeyEnv}, which is not set"));

        var served = new List<ServedExperiment>();
        foreach (var versions in experiments.GroupBy(s => s.Experiment.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var state = versions.OrderByDescending(s => s.Status switch
            {
                ExperimentStatus.Running => 2,
                ExperimentStatus.Concluded => 1,
                _ => 0,
            }).ThenByDescending(s => s.Version).First();
            try
            {
                served.Add(compile(state));
            }
#pragma warning disable CA1031 // One experiment that does not compile must not take the others, or the routes, with it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                problems.Add($"experiment '{versions.Key}' cannot be served: {e.Message}");
            }
        }
        foreach (var experiment in served)
            problems.AddRange(experiment.Overlays.Where(o => o.Problem is not null).Select(o => $"experiment '{experiment.Key}': {o.Problem}"));

        var names = definitions.Routes.Keys.Concat(served.Select(s => s.Experiment.Route).OfType<string>()).Distinct(StringComparer.Ordinal);
        var routes = names.ToFrozenDictionary(n => n, n => new ServedRoute(n, definitions.Routes.GetValueOrDefault(n),
            [.. served.Where(s => s.Experiment.Route == n)]), StringComparer.Ordinal);
        foreach (var route in routes.Values.OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            var needed = route.Experiments.SelectMany(e => e.Overlays).Select(o => o.Variant.Upstream).Append(route.Declared?.Upstream).OfType<string>();
            problems.AddRange(needed.Distinct(StringComparer.Ordinal).Where(n => !upstreams.ContainsKey(n))
                .Select(n => $"route '{route.Name}' needs the upstream '{n}', which is not declared"));
        }
        return new GatewaySnapshot(routes, upstreams, [.. served], new PriceTable(definitions.Prices), problems.ToImmutable());
    }
}
