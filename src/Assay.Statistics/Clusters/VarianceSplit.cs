namespace Assay.Statistics;

/// <summary>Where the variance of a judged score comes from. Components are variances in the score's squared unit, 0 or more.</summary>
/// <param name="Case">Between cases: some are harder.</param>
/// <param name="Generation">Between answers to one case: the model says it differently each time.</param>
/// <param name="JudgeSeverity">Between judges over all cases: some are stricter.</param>
/// <param name="JudgeByCase">Judges who rank the cases differently.</param>
/// <param name="Verdict">The rest: a judge's verdict on one answer beyond all of this.</param>
/// <param name="WasNegative">A component was estimated below 0 and set to 0: the design is too small to tell it from nothing.</param>
/// <param name="Cases">Number of cases.</param>
/// <param name="Generations">Answers per case.</param>
/// <param name="Judges">Judges per answer.</param>
public sealed record VarianceSplit(
    double Case, double Generation, double JudgeSeverity, double JudgeByCase, double Verdict, bool WasNegative, int Cases, int Generations, int Judges)
{
    /// <summary>All that varies between verdicts on the same answer.</summary>
    public double Judge => JudgeSeverity + JudgeByCase + Verdict;

    /// <summary>Variance of a single score.</summary>
    public double Total => Case + Generation + Judge;

    /// <summary>Variance of the mean over such a design, judges and cases taken as drawn anew.</summary>
    /// <param name="cases">1 or more.</param>
    /// <param name="generations">Answers per case; 1 or more.</param>
    /// <param name="judges">Judges per answer; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public double OfMean(int cases, int generations, int judges)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cases, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(generations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(judges, 1);
        return (Case + Generation / generations + JudgeByCase / judges + Verdict / ((double)generations * judges)) / cases + JudgeSeverity / judges;
    }
}
