using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>What a <see cref="ModelCaller"/> works with.</summary>
public sealed record CallerOptions
{
    public required ImmutableSortedDictionary<string, Upstream> Upstreams { get; init; }
    public ImmutableArray<ModelPrice> Prices { get; init; } = [];
    public RunSettings Run { get; init; } = new();

    /// <summary>Null: nothing is remembered.</summary>
    public AnswerLog? Log { get; init; }

    public Budget Budget { get; init; } = new(null);
    public RunProgress Progress { get; init; } = new();

    /// <summary>Starts the programs of command variants; null: they are refused.</summary>
    public IProcessRunner? Processes { get; init; }

    /// <summary>Reads a key's variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where an upstream's base address really is; calls are known by the declared one.</summary>
    public Func<Uri, Uri> Resolve { get; init; } = uri => uri;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
