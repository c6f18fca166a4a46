namespace Assay.Evaluation;

/// <summary>What rows of one metric and one pair of variants come down to: one value pair per unit.</summary>
internal sealed record UnitSet
{
    public required string Metric { get; init; }
    public required string Control { get; init; }
    public required string Treatment { get; init; }
    public required ComparisonKind Kind { get; init; }
    public required IReadOnlyList<Unit> Units { get; init; }
    public required int Cases { get; init; }
    public bool HigherIsBetter { get; init; } = true;
    public bool IsBinary { get; init; }
    public bool IsClustered { get; init; }

    /// <summary>Every unit is a single case with a single value under each variant.</summary>
    public bool IsSingle { get; init; }

    public int Repeats { get; init; }
    public int Judges { get; init; }
    public int Missing { get; init; }
    public int Errors { get; init; }
    public int Unpaired { get; init; }
}
