using System.Buffers;

namespace Assay.Gateway;

/// <summary>What is learnt of an answer while it passes. Null is unknown.</summary>
internal sealed class ResponseFacts(bool keepsText)
{
    private HashSet<(int Choice, int Index)>? toolCallSlots;

    public string? Id { get; set; }
    public string? Model { get; set; }
    public string? FinishReason { get; set; }
    public long? InputTokens { get; set; }
    public long? CachedInputTokens { get; set; }
    public long? OutputTokens { get; set; }
    public int ToolCalls { get; set; }
    public bool HasText { get; set; }
    public bool HasRefusal { get; set; }

    /// <summary>Code, else type, of an error object.</summary>
    public string? ErrorCode { get; set; }
    public bool HasError { get; set; }

    /// <summary>True when the document just read held content: text, reasoning, a refusal, a tool call or audio.</summary>
    public bool LastHadContent { get; set; }

    /// <summary>True when the document just read held usage and no choices: the chunk that <c>include_usage</c> adds.</summary>
    public bool LastWasUsageOnly { get; set; }

    /// <summary>The answer's text, kept only when JSON was asked for.</summary>
    public ArrayBufferWriter<byte>? Text { get; } = keepsText ? new ArrayBufferWriter<byte>() : null;

    /// <summary>Counts a tool call once, however many deltas it comes in.</summary>
    public void CountToolCall(int choice, int index)
    {
        if ((toolCallSlots ??= []).Add((choice, index))) ToolCalls++;
    }
}
