namespace Assay.Events;

/// <summary>Every id by which a request's unit is known; null where unknown.</summary>
public sealed record UnitIds(string? Request = null, string? Session = null, string? Conversation = null, string? User = null, string? Cluster = null)
{
    public static UnitIds None { get; } = new();
}
