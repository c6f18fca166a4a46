namespace Assay.Events;

/// <summary>Another process has the spool open; two writers would destroy it.</summary>
public sealed class SpoolInUseException : IOException
{
    public SpoolInUseException() { }
    public SpoolInUseException(string message) : base(message) { }
    public SpoolInUseException(string message, Exception inner) : base(message, inner) { }
}
