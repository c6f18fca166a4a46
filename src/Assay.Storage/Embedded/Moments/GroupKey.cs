namespace Assay.Storage;

/// <summary>One arm within one segment value.</summary>
internal readonly record struct GroupKey(int Variant, string? Segment);
