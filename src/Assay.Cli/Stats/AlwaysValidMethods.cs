using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class AlwaysValidMethods
{
    private static readonly string[] MeanKeys = ["difference", "halfWidth", "low", "high", "pValue"];
    private static readonly string[] RatioKeys = ["logBayesFactor", "pValue"];
    private static readonly string[] IntervalKeys = ["low", "high"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("asymptotic-confidence-sequence", "difference of two means that may be looked at all the time (alternative: two-sided, greater, less; tunedFor: units of both arms)",
            """{"controlN": 5556, "controlMean": 0.627, "controlVariance": 0.79, "treatmentN": 5959, "treatmentMean": 0.693, "treatmentVariance": 1.03, "tunedFor": 5000}""",
            input => StatsOutput.Of(
                AsymptoticConfidenceSequence.Compare(Moments(input, "control"), Moments(input, "treatment"), input.Alpha, input.Number("tunedFor"), MeanMethods.ReadAlternative(input)),
                MeanKeys, (output, r) => Write(output.Add("difference", r.Estimate), r))),
        new("mixture-sprt", "an estimate that may be looked at all the time; the mixing variance, or the planned standard error, is fixed before data",
            """{"estimate": 0.05, "standardError": 0.012, "plannedStandardError": 0.015}""", RunMixture),
        new("hybrid", "harm at any time, benefit once at the planned end (benefit: greater, less)",
            """{"estimate": 0.03, "standardError": 0.012, "n": 2000, "plannedN": 3000, "final": false}""", RunHybrid),
        new("bernoulli-e-process", "do two rates differ? Exact at any sample size, at all times; alternative is the treatment's side, baseline and effect are fixed before data",
            """{"controlSuccesses": 60, "controlTotal": 3000, "treatmentSuccesses": 120, "treatmentTotal": 3000, "baseline": 0.02, "effect": 0.01, "alternative": "greater"}""", RunEProcess),
        new("rate-difference-sequence", "limits for the difference of two rates, treatment minus control, exact and at all times; each limit one-sided at alpha",
            """{"controlSuccesses": 600, "controlTotal": 1000, "treatmentSuccesses": 480, "treatmentTotal": 1000, "baseline": 0.6, "effect": 0.05, "alpha": 0.025}""", RunRateDifference),
        new("sequential-srm", "sample ratio mismatch, tested as often as one likes; smallestPValue is that of the checks before",
            """{"observed": [156, 212], "weights": [0.5, 0.5]}""",
            input => StatsOutput.Of(
                SequentialSampleRatio.Test(input.Counts("observed"), input.Numbers("weights"), input.NumberOr("concentration", 100), input.NumberOr("smallestPValue", 1)),
                RatioKeys, (output, r) => output.Add("logBayesFactor", r.Evidence.Log).Add("pValue", r.PValue))),
        new("proportion-confidence-sequence", "an interval for one rate that is exact and holds at all times",
            """{"successes": 12, "total": 40}""",
            input => new StatsOutput().Add("low", "high", ProportionConfidenceSequence.Of(ReadProportion(input, "successes", "total"), input.Alpha)).ToJson()),
        new("quantile-confidence-sequence", "an interval for a quantile of independent values, or the difference of two, that holds at all times (tunedFor: values of one arm)",
            """{"values": [210, 180, 950, "inf", 240, 260, 205, 199, 230, 245], "quantile": 0.5, "tunedFor": 100}""", RunQuantile),
    ];

    private static JsonObject RunMixture(StatsInput input)
    {
        var mixing = input.Has("mixingVariance") ? input.Number("mixingVariance") : MixtureSprt.MixingVarianceFor(input.Number("plannedStandardError"), input.Alpha);
        return Write(new StatsOutput(), MixtureSprt.Around(input.Number("estimate"), input.Number("standardError"), mixing, input.Alpha)).Add("mixingVariance", mixing).ToJson();
    }

    private static JsonObject RunHybrid(StatsInput input)
    {
        var benefit = input.TextOr("benefit", "greater", "greater", "less") == "less" ? Alternative.Less : Alternative.Greater;
        var result = Hybrid.Of(
            input.Number("estimate"), input.Number("standardError"), input.Count("n"), input.Count("plannedN"), input.FlagOr("final", false), input.Alpha, benefit);
        return new StatsOutput().Add("low", "high", result.Interval).Add("harmPValue", result.HarmPValue).Add("benefitPValue", result.BenefitPValue)
            .Add("shows", result.HarmShown ? "harm" : result.BenefitShown ? "benefit" : "neither").ToJson();
    }

    private static JsonObject RunEProcess(StatsInput input)
    {
        var process = new BernoulliEProcess(
            input.Number("baseline"), input.Number("effect"), input.NumberOr("treatmentShare", 0.5), MeanMethods.ReadAlternative(input));
        var e = process.Of(ReadProportion(input, "controlSuccesses", "controlTotal"), ReadProportion(input, "treatmentSuccesses", "treatmentTotal"));
        return new StatsOutput().Add("logE", e.Log).Add("eValue", e.Value).Add("pValue", e.PValue).ToJson();
    }

    private static JsonObject RunRateDifference(StatsInput input)
    {
        var sequence = new RateDifferenceSequence(input.Number("baseline"), input.Number("effect"), input.NumberOr("treatmentShare", 0.5));
        Proportion control = ReadProportion(input, "controlSuccesses", "controlTotal"), treatment = ReadProportion(input, "treatmentSuccesses", "treatmentTotal");
        return new StatsOutput().Add("low", sequence.LowerLimit(control, treatment, input.Alpha)).Add("high", sequence.UpperLimit(control, treatment, input.Alpha)).ToJson();
    }

    private static JsonObject RunQuantile(StatsInput input)
    {
        double quantile = input.Number("quantile"), tunedFor = input.Number("tunedFor");
        if (!input.Has("control"))
            return new StatsOutput().Add("low", "high", QuantileConfidenceSequence.Of(Sorted(input, "values"), quantile, input.Alpha, tunedFor)).ToJson();
        return StatsOutput.Of(
            QuantileConfidenceSequence.Difference(Sorted(input, "control"), Sorted(input, "treatment"), quantile, input.Alpha, tunedFor),
            IntervalKeys, (output, r) => output.Add("low", "high", r));
    }

    private static double[] Sorted(StatsInput input, string field)
    {
        var values = input.NumbersOrFailures(field);
        Array.Sort(values);
        return values;
    }

    private static SampleMoments Moments(StatsInput input, string arm) => new(input.Count(arm + "N"), input.Number(arm + "Mean"), input.Number(arm + "Variance"));

    private static Proportion ReadProportion(StatsInput input, string successes, string total)
    {
        long hits = input.Count(successes), trials = input.Count(total);
        return hits <= trials ? new(hits, trials) : throw new UsageException($"{successes}: {hits} is more than {total}, {trials}");
    }

    private static StatsOutput Write(StatsOutput output, AlwaysValidEstimate result) =>
        output.Add("halfWidth", result.HalfWidth).Add("low", "high", result.Interval).Add("pValue", result.PValue);
}
