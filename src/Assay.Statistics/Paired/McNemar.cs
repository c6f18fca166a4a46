namespace Assay.Statistics;

/// <summary>McNemar's test: the same items judged right or wrong under control and treatment.</summary>
public static class McNemar
{
    /// <summary>Tests whether the pairs that disagree lean to one side.</summary>
    /// <param name="onlyControl">Items that succeed under the control only; 0 or more.</param>
    /// <param name="onlyTreatment">Items that succeed under the treatment only; 0 or more.</param>
    /// <returns>The test; not estimable when no pair disagrees.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <remarks>Q. McNemar, Psychometrika 12 (1947) 153–157, doi:10.1007/BF02295996; correction by A. L. Edwards, Psychometrika 13 (1948)
    /// 185–187, doi:10.1007/BF02289261. With equal counts the corrected statistic is 0, since a correction may not pass 0.</remarks>
    public static Estimated<McNemarTest> Compare(long onlyControl, long onlyTreatment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyControl);
        ArgumentOutOfRangeException.ThrowIfNegative(onlyTreatment);
        var discordant = checked(onlyControl + onlyTreatment);
        if (discordant == 0) return new NotEstimable("control and treatment agree on every item");
        double excess = Math.Max(0, Math.Abs(onlyControl - onlyTreatment) - 1);
        var statistic = excess * (excess / discordant);
        return new McNemarTest(
            Math.Min(1, 2 * FairCoin.LowerTail(Math.Min(onlyControl, onlyTreatment), discordant)),
            statistic, SampleRatio.ChiSquareTail(statistic, 1));
    }
}
