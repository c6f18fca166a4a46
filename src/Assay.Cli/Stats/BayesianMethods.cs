using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class BayesianMethods
{
    private static readonly string[] NormalKeys =
    [
        "mean", "standardDeviation", "low", "high", "probabilityTreatmentBetter", "expectedLossChoosingControl", "expectedLossChoosingTreatment",
    ];

    private static readonly string[] BestKeys = ["means", "standardDeviations", "probabilityBest", "expectedLoss"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("beta-binomial", "two proportions with a declared beta prior: probability to be better, expected loss",
            """{"controlSuccesses": 304, "controlTotal": 676, "treatmentSuccesses": 157, "treatmentTotal": 318, "priorAlpha": 1, "priorBeta": 1}""", RunBeta),
        new("normal-normal", "an effect with a standard error and a declared normal prior (left out: improper, flat)",
            """{"value": 0.05, "standardError": 0.03, "priorMean": 0, "priorVariance": 0.01}""", RunNormal),
        new("normal-best", "several arms with a declared normal prior of each arm's mean (left out: improper, flat): probability to be best, expected loss",
            """{"values": [3.9, 4.1, 4.05], "standardErrors": [0.05, 0.07, 0.07], "priorMean": 4, "priorVariance": 0.25}""", RunBest),
    ];

    private static JsonObject RunBest(StatsInput input)
    {
        double[] values = input.Numbers("values"), errors = input.Numbers("standardErrors");
        if (values.Length != errors.Length) throw new UsageException($"standardErrors: has {errors.Length} elements, but values has {values.Length}");
        return StatsOutput.Of(NormalArms.OfValues([.. values.Zip(errors, (v, e) => new MeanEstimate(v, e))], Prior(input)), BestKeys, (output, arms) => output
            .Add("means", [.. arms.Select(a => a.Mean)]).Add("standardDeviations", [.. arms.Select(a => a.StandardDeviation)])
            .Add("probabilityBest", [.. arms.Select(a => a.ProbabilityBest)]).Add("expectedLoss", [.. arms.Select(a => a.ExpectedLoss)]).Add("warning", BayesianWarning.Text));
    }

    private static NormalPrior Prior(StatsInput input) =>
        input.Has("priorVariance") || input.Has("priorMean") ? new NormalPrior(input.NumberOr("priorMean", 0), input.Number("priorVariance")) : NormalPrior.Improper;

    private static JsonObject RunBeta(StatsInput input)
    {
        double alpha = input.NumberOr("priorAlpha", 1), beta = input.NumberOr("priorBeta", 1);
        if (!(alpha > 0 && beta > 0)) throw new UsageException("priorAlpha, priorBeta: must be positive");
        var r = BetaBinomial.Compare(ArmInput.Proportion(input, "control"), ArmInput.Proportion(input, "treatment"), new BetaPosterior(alpha, beta), input.Alpha);
        return new StatsOutput()
            .Add("difference", r.Difference).Add("low", "high", r.Interval).Add("probabilityTreatmentBetter", r.ProbabilityTreatmentBetter)
            .Add("expectedLossChoosingControl", r.ExpectedLossChoosingControl).Add("expectedLossChoosingTreatment", r.ExpectedLossChoosingTreatment)
            .Add("warning", BayesianWarning.Text).ToJson();
    }

    private static JsonObject RunNormal(StatsInput input)
    {
        var prior = Prior(input);
        return StatsOutput.Of(NormalNormal.Posterior(new MeanEstimate(input.Number("value"), input.Number("standardError")), prior, input.Alpha), NormalKeys, (output, r) => output
            .Add("mean", r.Mean).Add("standardDeviation", r.StandardDeviation).Add("low", "high", r.Interval)
            .Add("probabilityTreatmentBetter", r.ProbabilityTreatmentBetter).Add("expectedLossChoosingControl", r.ExpectedLossChoosingControl)
            .Add("expectedLossChoosingTreatment", r.ExpectedLossChoosingTreatment).Add("warning", BayesianWarning.Text));
    }
}
