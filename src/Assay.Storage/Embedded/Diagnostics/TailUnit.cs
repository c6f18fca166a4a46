namespace Assay.Storage;

/// <summary>One of the few units that are furthest out.</summary>
internal readonly record struct TailUnit(long Unit, int Variant, double Y, double Z);
