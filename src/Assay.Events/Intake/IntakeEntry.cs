namespace Assay.Events;

/// <summary>An event with a client-chosen id on its way through the intake.</summary>
internal readonly record struct IntakeEntry(int Index, UInt128 Id, ulong Content);
