namespace Assay.Statistics;

/// <summary>Which of two rankers users prefer.</summary>
/// <param name="WinRate">(wins of the second + ties / 2) / units, in [0, 1]; ½ is no preference.</param>
/// <param name="Interval">Of the win rate at level 1 − alpha, inside [0, 1], by <see cref="WinRate"/>: exact below 30 units, else the score's.</param>
/// <param name="PValue">Two-sided exact sign test over the units that decided.</param>
/// <param name="Units">Units with an impression, ties included.</param>
public sealed record InterleavingComparison(double WinRate, Interval Interval, double PValue, long Units);
