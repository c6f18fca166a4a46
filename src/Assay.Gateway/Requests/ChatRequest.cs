using System.Text.Json;

namespace Assay.Gateway;

/// <summary>What the gateway has to know of a chat request, and where in the body it stands. The body itself is left as it came.</summary>
internal sealed class ChatRequest
{
    public required ReadOnlyMemory<byte> Body { get; init; }
    public string Model { get; set; } = "";
    public bool Stream { get; set; }

    /// <summary>Whether the client asked for the usage chunk of a stream.</summary>
    public bool IncludesUsage { get; set; }

    /// <summary>Whether JSON was asked for by <c>response_format</c>.</summary>
    public bool AsksForJson { get; set; }

    /// <summary>Messages of role user: the 1-based turn. Tool rounds add none and keep their turn.</summary>
    public int UserMessages { get; set; }

    public string? ConversationId { get; set; }
    public string? Conversation { get; set; }
    public string? PromptCacheKey { get; set; }
    public string? SessionId { get; set; }
    public string? UserId { get; set; }
    public string? SafetyIdentifier { get; set; }
    public string? User { get; set; }
    public string? ClusterId { get; set; }

    public List<BodyProperty> Properties { get; } = new(8);
    public BodySpan ModelValue { get; set; }
    public BodySpan MessagesValue { get; set; }

    /// <summary>The <c>stream_options</c> object; empty when absent or null.</summary>
    public BodySpan StreamOptionsValue { get; set; }

    /// <summary>The value of <c>include_usage</c> inside it; empty when absent.</summary>
    public BodySpan IncludeUsageValue { get; set; }

    /// <summary>The content of the first message of role system or developer; empty when there is none.</summary>
    public BodySpan SystemContent { get; set; }
    public JsonTokenType SystemContentType { get; set; }

    /// <summary>Where the body's object closes.</summary>
    public int ClosingBrace { get; set; }
}
