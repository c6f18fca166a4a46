using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>One case of a golden set: what is asked, and what is known about a good answer.</summary>
public sealed record GoldenCase
{
    /// <summary>Unique in its set.</summary>
    public required string Id { get; init; }

    /// <summary>The conversation so far; the last turn is the user's. A plain <c>input</c> is one user turn.</summary>
    public required ImmutableArray<ChatTurn> Messages { get; init; }

    /// <summary>Fills <c>{{name}}</c> in prompts and messages.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Variables { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;

    /// <summary>The reference answer; null when there is none.</summary>
    public string? Expected { get; init; }

    /// <summary>Documents that the answer should rest on; a variant's own retrieved context stands beside its answer.</summary>
    public ImmutableArray<string> Context { get; init; } = [];

    /// <summary>What a good answer to this case has, does or avoids, for judges of <see cref="JudgeMode.Criteria"/>.</summary>
    public ImmutableArray<string> Criteria { get; init; } = [];

    /// <summary>Segments to report by.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>What is sampled together (a customer, a document); null: the case itself.</summary>
    public string? Cluster { get; init; }

    /// <summary>Checks of this case, beside the suite's.</summary>
    public ImmutableArray<CheckSpec> Checks { get; init; } = [];

    /// <summary>Where it stands, for messages: "golden/support.jsonl:3".</summary>
    public string? Place { get; init; }

    /// <summary>The last user turn, or empty.</summary>
    public string Input => Messages.LastOrDefault(m => m.Role == "user")?.Content ?? "";
}
