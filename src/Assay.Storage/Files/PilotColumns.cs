namespace Assay.Storage;

/// <summary>Which columns of a pilot file mean what.</summary>
/// <param name="Value">The outcome; of a ratio its numerator.</param>
/// <param name="Denominator">Of a ratio.</param>
/// <param name="Cluster">Who the row belongs to: rows of one cluster may be alike.</param>
/// <param name="Covariate">What was known before.</param>
/// <param name="Variant">Where there is such a column, only rows with <paramref name="Control"/> in it count.</param>
/// <param name="Control">The control's value in the variant column.</param>
public sealed record PilotColumns(
    string Value, string? Denominator = null, string? Cluster = null, string? Covariate = null, string? Variant = null, string? Control = null);
