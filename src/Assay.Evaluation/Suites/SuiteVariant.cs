using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>Who answers: a model with its settings, an application, or answers recorded before.</summary>
public sealed record SuiteVariant
{
    /// <summary>Key, model, prompt, parameters, tools, opaque config; an application has only the key and the config.</summary>
    public required Variant Settings { get; init; }

    /// <summary>Turns that stand in for the case's messages, with placeholders; empty: the case's messages are asked as they are.</summary>
    public ImmutableArray<ChatTurn> Prompt { get; init; } = [];

    public HttpApplication? Http { get; init; }
    public CommandApplication? Command { get; init; }

    /// <summary>By case id and repeat; null unless the variant is a recording.</summary>
    public ImmutableDictionary<string, ImmutableArray<Answer>>? Outputs { get; init; }

    /// <summary>File of the recording, for messages.</summary>
    public string? OutputsFile { get; init; }

    /// <summary>Documents for every case, in place of the case's own; null: none declared.</summary>
    public ImmutableArray<string>? Context { get; init; }

    /// <summary>Documents by case id, in place of the case's own; null: none declared.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>>? ContextByCase { get; init; }

    public string Key => Settings.Key;
    public bool IsModel => Http is null && Command is null && Outputs is null;

    /// <summary>The documents that this variant answers a case from.</summary>
    public ImmutableArray<string> ContextOf(GoldenCase golden)
    {
        ArgumentNullException.ThrowIfNull(golden);
        return ContextByCase?.GetValueOrDefault(golden.Id) is { IsDefault: false } own ? own : Context ?? golden.Context;
    }
}
