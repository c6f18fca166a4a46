using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>What answers' lengths do to a judge's verdicts. What is unknown is null.</summary>
public sealed record LengthEffect
{
    /// <summary>The treatment's share as judged.</summary>
    public double? WinRate { get; init; }

    /// <summary>Its share at equal lengths and balanced order.</summary>
    public double? ControlledWinRate { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? Interval { get; init; }

    /// <summary>Log odds that tanh(standardised length difference) adds; positive: longer is preferred.</summary>
    public double? Coefficient { get; init; }

    public double? PValue { get; init; }

    /// <summary>Share of the longer answer, ties half.</summary>
    public double? LongerPreferred { get; init; }

    public string? Reason { get; init; }
}
