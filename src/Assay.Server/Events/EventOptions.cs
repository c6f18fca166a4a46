namespace Assay.Server;

/// <summary>Limits of the events API.</summary>
public sealed record EventOptions
{
    /// <summary>Largest body, unpacked. Default 10 MB.</summary>
    public long BodyBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Of a body that is too large, so much is read and thrown away, so that its sender gets to read the answer. Default 256 MB.</summary>
    public long DiscardBytes { get; init; } = 256 * 1024 * 1024;
}
