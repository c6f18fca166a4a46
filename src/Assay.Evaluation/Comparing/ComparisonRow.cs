using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>One metric of one treatment against the control, over the cases that both answered. What is unknown is null.</summary>
public sealed record ComparisonRow
{
    public required string Metric { get; init; }
    public required string Control { get; init; }
    public required string Treatment { get; init; }
    public required ComparisonKind Kind { get; init; }
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>All values are pass or fail.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Cases with a value under both variants.</summary>
    public required int Cases { get; init; }

    /// <summary>What counts as one: cases, or declared clusters of them. Never verdicts.</summary>
    public required int Units { get; init; }

    /// <summary>True when units are declared clusters.</summary>
    public bool IsClustered { get; init; }

    /// <summary>Most answers that a case has under one variant.</summary>
    public int Repeats { get; init; }

    /// <summary>Judges whose verdicts count; 0 for checks and measurements.</summary>
    public int Judges { get; init; }

    /// <summary>Mean over units; of verdicts: the control's share, ties half.</summary>
    public double? ControlValue { get; init; }

    public double? TreatmentValue { get; init; }

    /// <summary>Treatment − control in the metric's unit; of verdicts the net share of wins, in [−1, 1].</summary>
    public double? Difference { get; init; }

    /// <summary>Of the difference, from the spread of the units' differences.</summary>
    public double? StandardError { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? Interval { get; init; }

    public double IntervalLevel { get; init; }

    /// <summary>Two-sided, unadjusted.</summary>
    public double? PValue { get; init; }

    /// <summary>Holm's, over the axes of one rubric (or one metric) and all treatments.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>What the p-value would have been had one not known that the cases are the same (Welch): for comparison only.</summary>
    public double? UnpairedPValue { get; init; }

    /// <summary>(wins + ties / 2) / units.</summary>
    public double? WinRate { get; init; }

    [JsonConverter(typeof(IntervalJson))]
    public Interval? WinRateInterval { get; init; }

    /// <summary>Units where the treatment is better (lower, where less is better).</summary>
    public int Wins { get; init; }

    public int Losses { get; init; }
    public int Ties { get; init; }

    /// <summary>mcnemar-exact, sign-flip-exact or paired-t.</summary>
    public required string Method { get; init; }

    public required ComparisonStatus Status { get; init; }

    /// <summary>Why there is no interval or no p-value; null when both are there.</summary>
    public string? Reason { get; init; }

    /// <summary>Rows of these two variants whose input was missing.</summary>
    public int Missing { get; init; }

    /// <summary>Rows of these two variants that the instrument failed on.</summary>
    public int Errors { get; init; }

    /// <summary>Cases without a value under one of them or both.</summary>
    public int Unpaired { get; init; }

    public EvidenceStrength Evidence { get; init; }

    /// <summary>The result in words.</summary>
    public string Text { get; init; } = "";

    /// <summary>The declared minimum effect that the three numbers below are for.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>Units (cases or clusters) needed to find the declared effect with the declared power.</summary>
    public long? UnitsNeeded { get; init; }

    /// <summary>How many more than there are; 0: there are enough.</summary>
    public long? MoreUnits { get; init; }

    /// <summary>Units per variant of a live experiment that looks for the same effect, from the spread between cases.</summary>
    public long? LiveUnitsPerVariant { get; init; }
}
