namespace Assay.Storage;

/// <summary>Which units a row of moments is over: those of the main analysis or all (intention to treat), whole or by one segment.</summary>
/// <param name="Filter">Condition over the columns of the units.</param>
/// <param name="SegmentColumn">Column of the units to group by besides the variant; null for none.</param>
internal sealed record UnitGroup(string Filter, string? SegmentColumn)
{
    public static UnitGroup Main { get; } = new("NOT crossed", null);
    public static UnitGroup All { get; } = new("TRUE", null);

    public UnitGroup By(int segment) => this with { SegmentColumn = $"s{segment}" };

    /// <summary>The segment's value in a SELECT.</summary>
    public string SegmentValue => SegmentColumn is null ? "NULL::VARCHAR" : $"({SegmentColumn})::VARCHAR";

    /// <summary>What is grouped by: the column as it is, so that numbers are not grouped as text.</summary>
    public string Keys => SegmentColumn is null ? "v" : $"v, {SegmentColumn}";
}
