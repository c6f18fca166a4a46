namespace Assay.Gateway;

/// <summary>One change of a body: the span is replaced; an empty span inserts.</summary>
internal readonly record struct BodyEdit(BodySpan Span, ReadOnlyMemory<byte> Replacement);
