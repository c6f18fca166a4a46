using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>An offline duel as declared, validated: who answers what, how answers are scored, and what decides.</summary>
public sealed record Suite
{
    public required string Key { get; init; }

    /// <summary>At least one; the first is the control.</summary>
    public required ImmutableArray<SuiteVariant> Variants { get; init; }

    /// <summary>In the order of their files; ids are unique.</summary>
    public required ImmutableArray<GoldenCase> Cases { get; init; }

    /// <summary>For every case; a case may have more of its own.</summary>
    public ImmutableArray<CheckSpec> Checks { get; init; } = [];

    /// <summary>For embedding checks; null: none declared.</summary>
    public EmbeddingModel? Embeddings { get; init; }

    public ImmutableArray<JudgeSpec> Judges { get; init; } = [];

    /// <summary>Null: the run only reports.</summary>
    public GatePolicy? Gate { get; init; }

    public RunSettings Run { get; init; } = new();
    public ImmutableSortedDictionary<string, Upstream> Upstreams { get; init; } = ImmutableSortedDictionary<string, Upstream>.Empty;
    public ImmutableArray<ModelPrice> Prices { get; init; } = [];

    /// <summary>Where the suite's file is; relative commands start here.</summary>
    public string? Directory { get; init; }

    /// <summary>What an imported file asked for that has no equal here, by name.</summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];

    /// <summary>Version of the golden set: 64 hex digits of its content.</summary>
    public string CasesHash { get; init; } = "";

    /// <summary>Identity of all that can change a result, the policy aside: variants, cases, checks, seed. Runs of the same are counted.</summary>
    public string ContentHash { get; init; } = "";

    /// <summary>The same with the policy.</summary>
    public string SuiteHash { get; init; } = "";

    public SuiteVariant Control => Variants[0];

    /// <summary>The suite's checks and the case's own.</summary>
    public IEnumerable<CheckSpec> ChecksOf(GoldenCase golden)
    {
        ArgumentNullException.ThrowIfNull(golden);
        return Checks.Concat(golden.Checks);
    }
}
