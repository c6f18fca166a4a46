namespace Assay.Statistics;

/// <summary>Human labels for a wanted interval.</summary>
/// <param name="WithJudge">Labels beside the judge's scores.</param>
/// <param name="Alone">Labels without a judge; may exceed the number of items there are.</param>
/// <param name="Lambda">How far the judge is trusted at that number, in [0, 1].</param>
/// <param name="EquivalentLabels">How many labels alone have the same variance as <paramref name="WithJudge"/> beside the judge.</param>
public sealed record RequiredLabels(long WithJudge, long Alone, double Lambda, double EquivalentLabels);
