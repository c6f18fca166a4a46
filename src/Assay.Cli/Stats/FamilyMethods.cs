using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class FamilyMethods
{
    private static readonly string[] SampleRatioKeys = ["chiSquare", "df", "pValue"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("multiplicity", "adjusted p-values of a family of tests", """{"pValues": [0.001, 0.020, 0.12, 0.42]}""", RunMultiplicity),
        new("dunnett", "several treatments against one control: adjusted p-values by Dunnett (loadings, or controlN and treatmentN; degreesOfFreedom left out: large samples; alternative: two-sided, greater, less)",
            """{"statistics": [2.41, 1.95, -0.4], "controlN": 1000, "treatmentN": [1000, 800, 800]}""", RunDunnett),
        new("srm", "sample ratio mismatch: do the arms hold the shares that the weights promise?", """{"observed": [5040, 4960], "weights": [0.5, 0.5]}""", RunSampleRatio),
    ];

    private static JsonObject RunMultiplicity(StatsInput input)
    {
        var p = input.Numbers("pValues");
        return new StatsOutput()
            .Add("bonferroni", Multiplicity.Bonferroni(p)).Add("holm", Multiplicity.Holm(p)).Add("hochberg", Multiplicity.Hochberg(p)).Add("hommel", Multiplicity.Hommel(p))
            .Add("benjaminiHochberg", Multiplicity.BenjaminiHochberg(p)).Add("benjaminiYekutieli", Multiplicity.BenjaminiYekutieli(p)).ToJson();
    }

    private static JsonObject RunDunnett(StatsInput input)
    {
        var statistics = input.Numbers("statistics");
        double[] loadings = input.Has("loadings") ? input.Numbers("loadings") : Loadings(input);
        if (loadings.Length != statistics.Length) throw new UsageException($"{(input.Has("loadings") ? "loadings" : "treatmentN")}: has {loadings.Length} elements, but statistics has {statistics.Length}");
        var degreesOfFreedom = input.Has("degreesOfFreedom") ? input.Number("degreesOfFreedom") : double.PositiveInfinity;
        var alternative = MeanMethods.ReadAlternative(input);
        return new StatsOutput()
            .Add("stepDown", Dunnett.StepDown(statistics, loadings, degreesOfFreedom, alternative)).Add("singleStep", Dunnett.SingleStep(statistics, loadings, degreesOfFreedom, alternative))
            .Add("critical", Dunnett.Critical(loadings, input.Alpha, degreesOfFreedom, alternative)).ToJson();
    }

    private static double[] Loadings(StatsInput input)
    {
        var control = input.Count("controlN");
        return [.. input.Counts("treatmentN").Select(n => Dunnett.Loading(control, n))];
    }

    private static JsonObject RunSampleRatio(StatsInput input)
    {
        var observed = input.Counts("observed");
        var weights = input.Numbers("weights");
        if (observed.Length != weights.Length) throw new UsageException($"observed: has {observed.Length} elements, but weights has {weights.Length}; an arm without units is a 0");
        return StatsOutput.Of(SampleRatio.ChiSquare(observed, weights), SampleRatioKeys, (output, r) =>
            output.Add("chiSquare", r.ChiSquare).Add("df", r.DegreesOfFreedom).Add("pValue", r.PValue));
    }
}
