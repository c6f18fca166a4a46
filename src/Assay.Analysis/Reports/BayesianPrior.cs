namespace Assay.Analysis;

/// <summary>A prior as it was used.</summary>
public sealed record BayesianPrior
{
    /// <summary>beta or normal.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about: each-arm or difference (treatment − control, nothing being assumed of the control).</summary>
    public required string Of { get; init; }

    /// <summary>Of a beta prior; else null.</summary>
    public double? Alpha { get; init; }

    /// <summary>Of a beta prior; else null.</summary>
    public double? Beta { get; init; }

    /// <summary>Of a normal prior, in the metric's unit; else null.</summary>
    public double? Mean { get; init; }

    /// <summary>Of a normal prior; else null.</summary>
    public double? Sd { get; init; }

    /// <summary>False for the weakly informative one that stands in where the plan declares none.</summary>
    public required bool IsDeclared { get; init; }

    /// <summary>For people; says where a prior that was not declared comes from.</summary>
    public required string Text { get; init; }
}
