namespace Assay.Gateway;

/// <summary>Holds the snapshot that new requests are served from. Swapping is atomic; a request keeps the snapshot it began with.</summary>
public sealed class GatewayState(GatewaySnapshot initial)
{
    private volatile GatewaySnapshot current = initial;

    public GatewayState() : this(GatewaySnapshot.Empty) { }

    public GatewaySnapshot Current => current;

    public void Replace(GatewaySnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        current = snapshot;
    }
}
