namespace Assay.Statistics;

/// <summary>One event of a bandit's log.</summary>
/// <param name="Arm">The arm taken, from 0.</param>
/// <param name="Reward">What it earned; finite.</param>
/// <param name="Propensity">The probability in (0, 1] with which the logging policy took this arm.</param>
/// <param name="Context">Numbers known before the choice; the same number of them in every event, or none.</param>
public sealed record LoggedEvent(int Arm, double Reward, double Propensity, IReadOnlyList<double> Context);
