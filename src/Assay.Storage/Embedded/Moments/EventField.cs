namespace Assay.Storage;

/// <summary>How a column's values compare.</summary>
internal enum FieldKind { Text, Number, Boolean }

/// <summary>A column of an event table.</summary>
/// <param name="Column">Its name in SQL.</param>
/// <param name="Kind">Its type.</param>
/// <param name="TextColumn">Where the value stands when it is text (outcomes); else null.</param>
/// <param name="NonNegative">True for counts, tokens, costs and durations: a negative value is refused.</param>
/// <param name="FailsAsInfinite">True for latencies: in a quantile a failed or timed-out call counts as +∞.</param>
internal sealed record EventField(string Column, FieldKind Kind, string? TextColumn = null, bool NonNegative = false, bool FailsAsInfinite = false)
{
    public static EventField Text(string column) => new(column, FieldKind.Text);
    public static EventField Number(string column) => new(column, FieldKind.Number);
    public static EventField Boolean(string column) => new(column, FieldKind.Boolean);
    public static EventField Amount(string column) => new(column, FieldKind.Number, NonNegative: true);
}
