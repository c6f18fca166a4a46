namespace Assay.Analysis;

/// <summary>One secondary of one treatment.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Variant">The treatment.</param>
/// <param name="Effect">What is true, positive is good.</param>
/// <param name="ClaimRate">Share of the runs that claim a difference, on either side.</param>
/// <param name="StandardError">Its Monte Carlo error.</param>
public sealed record SimulatedSecondary(string Metric, string Variant, double Effect, double ClaimRate, double StandardError);
