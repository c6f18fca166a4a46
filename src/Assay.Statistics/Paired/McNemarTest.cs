namespace Assay.Statistics;

/// <summary>Result of McNemar's test on paired yes/no outcomes.</summary>
/// <param name="ExactPValue">Two-sided binomial p-value of the discordant pairs; the one to report.</param>
/// <param name="ChiSquareCorrected">Statistic with continuity correction.</param>
/// <param name="CorrectedPValue">Its p-value with 1 degree of freedom.</param>
public readonly record struct McNemarTest(double ExactPValue, double ChiSquareCorrected, double CorrectedPValue);
