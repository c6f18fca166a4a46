namespace Assay.Storage;

/// <summary>A value of the variant column and in how many rows it stands.</summary>
public sealed record VariantCount(string Value, long Rows);
