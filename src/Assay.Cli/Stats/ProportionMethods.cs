using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class ProportionMethods
{
    private static readonly string[] Keys =
    [
        "difference", "standardError", "z", "pValue", "waldLow", "waldHigh", "newcombeLow", "newcombeHigh",
        "controlWilsonLow", "controlWilsonHigh", "treatmentWilsonLow", "treatmentWilsonHigh",
    ];

    private static readonly string[] ScoreKeys = ["difference", "low", "high", "z", "pValue", "exactPValue", "fewEvents", "extended"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("two-proportion-z", "difference of two proportions: pooled z, Wald, Newcombe and Wilson intervals",
            """{"controlSuccesses": 600, "controlTotal": 1000, "treatmentSuccesses": 650, "treatmentTotal": 1000}""",
            input => StatsOutput.Of(
                TwoProportions.Compare(Read(input, "control"), Read(input, "treatment"), input.Alpha), Keys, (output, r) => output
                    .Add("difference", r.Difference).Add("standardError", r.StandardError).Add("z", r.Z).Add("pValue", r.PValue)
                    .Add("waldLow", "waldHigh", r.WaldInterval).Add("newcombeLow", "newcombeHigh", r.NewcombeInterval)
                    .Add("controlWilsonLow", "controlWilsonHigh", r.ControlWilson)
                    .Add("treatmentWilsonLow", "treatmentWilsonHigh", r.TreatmentWilson))),
        new("score-interval", "difference of two proportions as reports decide it: skewness-corrected score, with few events Fisher's exact test beside it",
            """{"controlSuccesses": 150, "controlTotal": 9000, "treatmentSuccesses": 30, "treatmentTotal": 1000}""",
            input =>
            {
                input.Ignore(ArmInput.Family);
                return StatsOutput.Of(
                    ProportionScore.Compare(Read(input, "control"), Read(input, "treatment"), input.Alpha), ScoreKeys, (output, r) => output
                        .Add("difference", r.Difference).Add("low", "high", r.Interval).Add("z", r.Z).Add("pValue", r.PValue)
                        .Add("exactPValue", Exact(r)).Add("fewEvents", r.HasFewEvents).Add("extended", r.IsExtended));
            }),
        new("proportion-interval", "one proportion: the interval that limits of a rate are held against (exact below 200 events, else the skewness-corrected score), Wilson's beside it",
            """{"successes": 12, "total": 500}""",
            input => StatsOutput.Of(One(input), OneKeys, (output, r) => output
                .Add("rate", r.Arm.Rate).Add("low", "high", ProportionInterval.Of(r.Arm, r.Alpha)).Add("exactLow", "exactHigh", ProportionInterval.Exact(r.Arm, r.Alpha))
                .Add("correctedLow", "correctedHigh", ProportionInterval.Corrected(r.Arm, r.Alpha)).Add("wilsonLow", "wilsonHigh", Wilson.Interval(r.Arm, r.Alpha)))),
    ];

    private static Estimated<double> Exact(ProportionScoreComparison result) => result.ExactPValue is { } p ? p
        : new NotEstimable(result.HasFewEvents ? "nothing can be tested without a success and a failure" : $"each arm has {ProportionScore.FewestEvents} successes and failures or more: no exact test is needed");

    private static readonly string[] OneKeys = ["rate", "low", "high", "exactLow", "exactHigh", "correctedLow", "correctedHigh", "wilsonLow", "wilsonHigh"];

    private static Estimated<(Proportion Arm, double Alpha)> One(StatsInput input)
    {
        long successes = input.Count("successes"), total = input.Count("total");
        var alpha = input.Alpha;
        if (successes > total) throw new UsageException($"successes: {successes} successes are more than total, {total}");
        return total == 0 ? new NotEstimable("there are no trials") : (new Proportion(successes, total), alpha);
    }

    private static Proportion Read(StatsInput input, string arm)
    {
        long successes = input.Count(arm + "Successes"), total = input.Count(arm + "Total");
        if (successes > total) throw new UsageException($"{arm}Successes: {successes} successes are more than {arm}Total, {total}");
        return new Proportion(successes, total);
    }
}
