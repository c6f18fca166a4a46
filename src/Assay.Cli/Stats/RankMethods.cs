using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class RankMethods
{
    private static readonly string[] MannWhitneyKeys = ["u", "superiority", "superiorityLow", "superiorityHigh", "pValue", "exactPValue", "recommended"];
    private static readonly string[] SignedRankKeys = ["positiveRankSum", "pairs", "pValue", "exactPValue", "recommended", "pseudoMedian"];
    private static readonly string[] FisherKeys = ["oddsRatio", "pValue"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("mann-whitney", "does one arm tend to larger values? by ranks, so no outlier decides",
            """{"control": [3.1, 2.4, 4.0, 3.3], "treatment": [3.9, 3.2, 4.4, 4.1]}""",
            input => StatsOutput.Of(
                MannWhitney.Compare(input.Numbers("control"), input.Numbers("treatment"), input.Alpha, MeanMethods.ReadAlternative(input)),
                MannWhitneyKeys, (output, r) => output
                    .Add("u", r.U).Add("superiority", r.Superiority).Add("superiorityLow", r.SuperiorityInterval.Map(i => i.Low))
                    .Add("superiorityHigh", r.SuperiorityInterval.Map(i => i.High)).Add("pValue", r.PValue).Add("exactPValue", r.ExactPValue)
                    .Add("recommended", Recommended(r.ExactPValue)))),
        new("wilcoxon", "are the differences of the same items centred at 0? by signed ranks",
            """{"control": [3.1, 2.4, 4.0, 3.3], "treatment": [3.9, 2.2, 4.4, 4.6]}""",
            input => StatsOutput.Of(
                WilcoxonSignedRank.Compare(input.Numbers("control"), input.Numbers("treatment"), MeanMethods.ReadAlternative(input)),
                SignedRankKeys, (output, r) => output
                    .Add("positiveRankSum", r.PositiveRankSum).Add("pairs", r.Pairs).Add("pValue", r.PValue).Add("exactPValue", r.ExactPValue)
                    .Add("recommended", Recommended(r.ExactPValue)).Add("pseudoMedian", r.PseudoMedian))),
        new("fisher", "difference of two proportions, exact; for small counts",
            """{"controlSuccesses": 1, "controlTotal": 4, "treatmentSuccesses": 3, "treatmentTotal": 4}""",
            input => StatsOutput.Of(
                FisherExact.Compare(ArmInput.Proportion(input, "control"), ArmInput.Proportion(input, "treatment"), MeanMethods.ReadAlternative(input)),
                FisherKeys, (output, r) => output.Add("oddsRatio", r.OddsRatio).Add("pValue", r.PValue))),
    ];

    // The key to read: the approximation stands in only where nothing exact is to be had.
    private static string Recommended(Estimated<double> exact) => exact.IsEstimable ? "exactPValue" : "pValue";
}
