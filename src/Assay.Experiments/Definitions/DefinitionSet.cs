using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>Everything that a set of definition files declares, validated.</summary>
public sealed record DefinitionSet
{
    public static DefinitionSet Empty { get; } = new();

    public ImmutableArray<Experiment> Experiments { get; init; } = [];
    public ImmutableDictionary<string, Metric> Metrics { get; init; } = ImmutableDictionary<string, Metric>.Empty;
    public ImmutableDictionary<string, Upstream> Upstreams { get; init; } = ImmutableDictionary<string, Upstream>.Empty;
    public ImmutableDictionary<string, Route> Routes { get; init; } = ImmutableDictionary<string, Route>.Empty;
    public ImmutableArray<ModelPrice> Prices { get; init; } = [];

    /// <summary>How a recorded file is to be read; null when none is declared.</summary>
    public DataMapping? Data { get; init; }
}
