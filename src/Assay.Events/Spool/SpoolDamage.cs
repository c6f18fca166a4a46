namespace Assay.Events;

/// <summary>Bytes of the spool that were once acknowledged and can no longer be read: a failing disk, or a hand in the file.</summary>
/// <param name="Position">Where the damage begins.</param>
/// <param name="Bytes">How many bytes were passed over.</param>
/// <param name="Text">What was found, for an operator.</param>
public sealed record SpoolDamage(SpoolPosition Position, long Bytes, string Text);
