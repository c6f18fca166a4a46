namespace Assay.Events;

/// <summary>What JSON a field takes, and how its value is limited when it comes from outside.</summary>
internal enum FieldShape : byte
{
    /// <summary>A string that names something: not empty, at most 256 characters.</summary>
    Name,
    /// <summary>A string for people.</summary>
    Text,
    Boolean,
    /// <summary>A number in [0, 1].</summary>
    Share,
    /// <summary>A number, at least 0.</summary>
    Amount,
    /// <summary>A whole number, at least 0.</summary>
    Whole,
    /// <summary>A whole number, at least 1.</summary>
    Ordinal,
    /// <summary>A number, boolean or string.</summary>
    Value,
    /// <summary>ISO 8601 with zone.</summary>
    Timestamp,
    /// <summary>An object of scalars.</summary>
    FlatObject,
    /// <summary>Any JSON.</summary>
    Json,
    Ids,
    Judge,
    Assignments,
}
