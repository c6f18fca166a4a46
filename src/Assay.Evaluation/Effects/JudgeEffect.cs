namespace Assay.Evaluation;

/// <summary>One judge on one pair of variants: what else than quality its verdicts follow.</summary>
public sealed record JudgeEffect
{
    public required string Judge { get; init; }
    public required string Metric { get; init; }
    public required string Control { get; init; }
    public required string Treatment { get; init; }

    /// <summary>Null for scores of single answers.</summary>
    public PositionEffect? Position { get; init; }

    /// <summary>Null for scores of single answers.</summary>
    public LengthEffect? Length { get; init; }

    /// <summary>Null when neither variant, or both, run on the judge's model family, or models are not known.</summary>
    public SelfPreference? Self { get; init; }

    /// <summary>In words.</summary>
    public string Text { get; init; } = "";
}
