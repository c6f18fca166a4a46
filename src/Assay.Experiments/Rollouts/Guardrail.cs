namespace Assay.Experiments;

/// <summary>A limit that a variant must keep. At least one limit, else it can only warn.</summary>
public sealed record Guardrail
{
    public required string Metric { get; init; }

    /// <summary>Largest tolerated value of the treatment, in the metric's unit.</summary>
    public double? Max { get; init; }

    /// <summary>Smallest tolerated value of the treatment.</summary>
    public double? Min { get; init; }

    /// <summary>Largest tolerated difference to the control.</summary>
    public double? MaxChange { get; init; }

    /// <summary>Smallest tolerated difference to the control (negative for a tolerated loss).</summary>
    public double? MinChange { get; init; }

    /// <summary>Largest tolerated treatment / control.</summary>
    public double? MaxRelativeToControl { get; init; }

    /// <summary>Smallest tolerated treatment / control.</summary>
    public double? MinRelativeToControl { get; init; }

    public TimeSpan? Window { get; init; }
    public int Consecutive { get; init; } = 1;
    public GuardrailAction Action { get; init; } = GuardrailAction.Alert;
    public string? Method { get; init; }
    public int? MinimumUnits { get; init; }
    public string? Cache { get; init; }

    public bool HasLimit => Max is not null || Min is not null || MaxChange is not null || MinChange is not null
        || MaxRelativeToControl is not null || MinRelativeToControl is not null;
}
