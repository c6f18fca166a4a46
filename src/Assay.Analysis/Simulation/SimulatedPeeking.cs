namespace Assay.Analysis;

/// <summary>Looks taken each as if it were the only one.</summary>
/// <param name="RejectionRate">Share of the runs in which |z| of a primary passes the critical value of one look, at the alpha the family gives it, at any look up to the run's end.</param>
/// <param name="StandardError">Its Monte Carlo error.</param>
public sealed record SimulatedPeeking(double RejectionRate, double StandardError);
