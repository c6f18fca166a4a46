namespace Assay.Gateway;

/// <summary>Where something stands in a body: bytes [Start, End).</summary>
internal readonly record struct BodySpan(int Start, int End)
{
    public bool IsEmpty => End <= Start;
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => body[Start..End];
}
