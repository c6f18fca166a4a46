using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>How a judge compares with humans, and what that means.</summary>
public sealed record CalibrationRecord
{
    /// <summary>Labels that count.</summary>
    public required int N { get; init; }

    /// <summary>Labels set aside because the judge has seen them.</summary>
    public int SetAside { get; init; }

    /// <summary>Share of items on which both say the same.</summary>
    public required double? Agreement { get; init; }

    /// <summary>Of the agreement (Wilson).</summary>
    [JsonConverter(typeof(IntervalJson))]
    public required Interval? Interval { get; init; }

    /// <summary>Cohen's kappa: agreement beyond chance.</summary>
    public required double? Kappa { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? KappaInterval { get; init; }

    /// <summary>Quadratic weights, when all labels are numbers.</summary>
    public double? WeightedKappa { get; init; }

    /// <summary>Why kappa or its interval is not there.</summary>
    public string? KappaReason { get; init; }

    /// <summary>Counts by the human's label, then the judge's.</summary>
    public required ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, int>> Confusion { get; init; }

    /// <summary>For the answer that was shown first; null without the column.</summary>
    public JudgeBias? OrderBias { get; init; }

    /// <summary>For the longer answer; null without the columns.</summary>
    public JudgeBias? LengthBias { get; init; }

    public required double MinimumAgreement { get; init; }
    public double? MinimumKappa { get; init; }
    public required CalibrationDecision Decision { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Text { get; init; }

    /// <summary>Of the judge that gave the labels.</summary>
    public ImmutableArray<string> JudgeHashes { get; init; } = [];
}
