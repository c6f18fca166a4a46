namespace Assay.DuckDb;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name or alias.</param>
/// <param name="Type">Its type.</param>
/// <param name="Scale">Digits after the point of a DECIMAL; 0 for every other type.</param>
public readonly record struct DuckDbColumn(string Name, DuckDbType Type, int Scale)
{
    /// <summary>How values lie in memory: a DECIMAL is an integer of a size that depends on its width.</summary>
    internal DuckDbType StoredAs { get; init; } = Type;
}
