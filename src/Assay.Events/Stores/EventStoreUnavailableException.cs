namespace Assay.Events;

/// <summary>The event store cannot be read or written now; the spool keeps what is acknowledged.</summary>
public sealed class EventStoreUnavailableException : IOException
{
    public EventStoreUnavailableException() { }
    public EventStoreUnavailableException(string message) : base(message) { }
    public EventStoreUnavailableException(string message, Exception inner) : base(message, inner) { }
}
