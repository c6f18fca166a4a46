namespace Assay.Gateway;

/// <summary>Names of the headers that clients send.</summary>
internal static class RequestHeaders
{
    public const string User = "x-assay-user";
    public const string Session = "x-assay-session";
    public const string Conversation = "x-assay-conversation";
    public const string Cluster = "x-assay-cluster";
    public const string Unit = "x-assay-unit";
    public const string Attributes = "x-assay-attributes";
    public const string Variables = "x-assay-variables";
    public const string IdempotencyKey = "Idempotency-Key";
}
