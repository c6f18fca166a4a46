namespace Assay.Events;

/// <summary>One event of a batch as it was read: the event, or why it is refused. Exactly one of the two is set.</summary>
/// <param name="Event">Complete: id and timestamp are the client's or the server's.</param>
/// <param name="Reason">For the sender, naming the field and what it takes.</param>
public readonly record struct EventReading(AssayEvent? Event, string? Reason)
{
    public static EventReading Of(AssayEvent value) => new(value, null);
    public static EventReading Refused(string reason) => new(null, reason);
}
