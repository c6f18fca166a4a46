namespace Assay.Storage;

/// <summary>Which kinds of target, besides units, the rows of a table name at all.</summary>
internal readonly record struct TargetKinds(bool Exposures, bool Generations, bool Responses);
