namespace Assay.Events;

/// <summary>The spool cannot take events: the disk is full or failing. What was acknowledged before stays safe.</summary>
public sealed class SpoolUnavailableException : IOException
{
    public SpoolUnavailableException() { }
    public SpoolUnavailableException(string message) : base(message) { }
    public SpoolUnavailableException(string message, Exception inner) : base(message, inner) { }
}
