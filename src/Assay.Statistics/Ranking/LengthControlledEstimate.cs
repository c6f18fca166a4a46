namespace Assay.Statistics;

/// <summary>A win rate with the effect of answers' lengths (and of the order shown) taken out.</summary>
/// <param name="WinRate">The treatment's share at equal lengths and balanced order, in (0, 1).</param>
/// <param name="Interval">At level 1 − alpha, by t on the log odds.</param>
/// <param name="RawWinRate">Mean of the scores as they are.</param>
/// <param name="LengthCoefficient">Log odds that tanh of the standardised length difference adds; positive: longer answers are preferred.</param>
/// <param name="OrderCoefficient">Log odds that being shown first adds over being shown second; not estimable with one order only, or none recorded.</param>
/// <param name="LongerPreferred">Share of the longer answer over pairs that differ in length, ties half.</param>
/// <param name="Verdicts">Number of verdicts.</param>
/// <param name="Cases">Number of cases.</param>
public sealed record LengthControlledEstimate(
    double WinRate, Interval Interval, double RawWinRate, Estimated<MeanComparison> LengthCoefficient, Estimated<MeanComparison> OrderCoefficient, double LongerPreferred,
    int Verdicts, int Cases);
