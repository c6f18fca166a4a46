using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>How much more often the treatment wins when it is shown second. What is unknown is null.</summary>
public sealed record PositionEffect
{
    /// <summary>Verdicts with the treatment shown first, and second.</summary>
    public required int ShownFirst { get; init; }

    public required int ShownSecond { get; init; }

    /// <summary>The treatment's share, ties half, in [0, 1].</summary>
    public double? WinRateFirst { get; init; }

    public double? WinRateSecond { get; init; }

    /// <summary>Second − first: positive when the judge leans to what it is shown last.</summary>
    public double? Difference { get; init; }

    public double? StandardError { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? Interval { get; init; }

    /// <summary>Cases judged in both orders.</summary>
    public int CasesInBothOrders { get; init; }

    /// <summary>Of those, the share with the same verdict in both.</summary>
    public double? Consistent { get; init; }

    /// <summary>Why there is no difference or no interval.</summary>
    public string? Reason { get; init; }
}
