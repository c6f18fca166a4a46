namespace Assay.Statistics;

/// <summary>The test of no difference between two proportions.</summary>
/// <param name="Z">Treatment − control in standard errors; with few events the z whose two-sided p-value is <paramref name="PValue"/>.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="ExactPValue">Of Fisher's test, twice its smaller tail; null where events are many or nothing can be tested.</param>
public readonly record struct ProportionScoreTest(Estimated<double> Z, Estimated<double> PValue, double? ExactPValue);
