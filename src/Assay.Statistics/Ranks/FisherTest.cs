namespace Assay.Statistics;

/// <summary>Result of Fisher's exact test.</summary>
/// <param name="OddsRatio">Sample odds ratio, treatment to control; not estimable when a cell of its denominator is 0.</param>
/// <param name="PValue">Exact, for the alternative asked for.</param>
public sealed record FisherTest(Estimated<double> OddsRatio, double PValue);
