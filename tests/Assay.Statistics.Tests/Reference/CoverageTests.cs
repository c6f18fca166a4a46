using System.Reflection;
using System.Text.Json;
using Assay.Testing;

namespace Assay.Statistics.Tests.Reference;

/// <summary>Every case of the reference files is in a test, or is named here with the reason why not: nothing is left out silently.</summary>
[Trait("Kind", "reference")]
public sealed class CoverageTests
{
    /// <summary>Method of statistics.json → how many cases it has and the test that reads all of them.</summary>
    private static readonly Dictionary<string, (int Cases, string Test)> Statistics = new()
    {
        ["sample-size-proportion"] = (12, "OracleTests.SampleSize_ProportionCases_AgreeExactly"),
        ["sample-size-mean"] = (5, "OracleTests.SampleSize_MeanCases_AgreeWithStatsmodels"),
        ["two-proportion-z"] = (6, "OracleTests.TwoProportions_StatsmodelsCases_Agree"),
        ["welch-t"] = (4, "OracleTests.WelchT_ScipyCases_Agree"),
        ["paired-t"] = (3, "OracleTests.PairedT_ScipyCases_Agree"),
        ["mcnemar"] = (3, "OracleTests.McNemar_StatsmodelsCases_Agree"),
        ["multiplicity"] = (4, "OracleTests.Multiplicity_StatsmodelsCases_Agree"),
        ["srm"] = (4, "OracleTests.SampleRatio_ScipyCases_Agree"),
        ["ratio-delta"] = (3, "OracleTests.RatioMetric_DeltaCases_Agree"),
        ["group-sequential"] = (8, "GroupSequentialOracleTests.Spending_StatisticsCases_Agree"),
        ["group-sequential-result"] = (8, "GroupSequentialOracleTests.StageWise_StatisticsCases_Agree"),
        ["asymptotic-confidence-sequence"] = (3, "AsymptoticConfidenceSequenceTests.Compare_StatisticsCases_Agree"),
        ["cuped"] = (6, "CupedTests.Cuped_NumpyCases_Agree"),
        ["mann-whitney"] = (4, "RankTests.MannWhitney_ScipyCases_Agree"),
        ["rogan-gladen"] = (4, "OffPolicyTests.RoganGladen_Cases_Agree"),
        ["prediction-powered-mean"] = (3, "OffPolicyTests.PredictionPowered_MeansAndDifferences_Agree"),
        ["prediction-powered-difference"] = (2, "OffPolicyTests.PredictionPowered_MeansAndDifferences_Agree"),
        ["off-policy"] = (2, "OffPolicyTests.OffPolicy_NumpyCases_Agree"),
        ["cluster-robust"] = (3, "ClusterTests.ClusterRobust_ClubSandwichCases_Agree"),
        ["beta-binomial"] = (3, "BayesianTests.BetaBinomial_ScipyCases_Agree"),
        ["cohens-kappa"] = (2, "AgreementTests.CohensKappa_StatsmodelsCases_Agree"),
        ["krippendorff-alpha"] = (1, "AgreementTests.Krippendorff_PublishedExample_AgreesOnFourScales"),
        ["bradley-terry"] = (2, "RankingTests.BradleyTerry_StatsmodelsCases_Agree"),
    };

    /// <summary>Rows of GrowthBook's tests that a fact reads by itself; the others are data of a theory.</summary>
    private static readonly Dictionary<string, string> GrowthBookFacts = new()
    {
        ["f4"] = "CupedTests.CupedRatio_GrowthBooksRow_Agrees",
        ["f19"] = "GrowthBookTests.RelativeLift_RatioRow_AgreesOnItsImpossibleSums",
    };

    private static readonly Dictionary<string, string> GrowthBookOthers = new()
    {
        ["get_risk"] = "BayesianTests.ExpectedLoss_GrowthBooksRisk_Agrees",
        ["cuped_ratio_standard_error"] = "CupedTests.CupedRatio_GrowthBooksFixedTheta_HasItsStandardError",
        ["compute_theta"] = "CupedTests.Cuped_GrowthBooksTheta_Agrees",
        ["srm_ts"] = "GrowthBookTests.SampleRatio_Rows_AgreeAndDegenerateOnesAreNotEstimable",
        ["holm"] = "GrowthBookTests.Multiplicity_HolmAndBenjaminiHochberg_Agree",
        ["benjamini_hochberg"] = "GrowthBookTests.Multiplicity_HolmAndBenjaminiHochberg_Agree",
        ["adjusted_ci"] = "GrowthBookTests.Multiplicity_AdjustedIntervals_Agree",
        ["frequentist_variance"] = "GrowthBookTests.StandardErrors_FrequentistVarianceRows_Agree",
        ["power"] = "GrowthBookTests.Power_FixedRows_Agree",
        ["power_by_week"] = "GrowthBookTests.Power_FixedRowsByWeek_Agree",
    };

    /// <summary>What no test compares, and why.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["mid_experiment_power"] = "a scaling factor of GrowthBook's own health check, by which a running sample would have to grow; Assay names the units instead (assay size)",
        ["bandit_floor"] = "a rule in words, not a number",
        ["power[1], power_by_week.sequential_5000"] = "the critical value that these powers imply differs between two metrics at one n (2.005 and 2.293 at 3,000 units), which no sequence has",
        ["power_by_week.bayes_prior_N(0.2,0.3)"] = "the chance that a posterior interval excludes 0, which is not a power that Assay promises",
    };

    [Fact]
    public void Statistics_EveryMethodAndCase_IsReadByATest()
    {
        using var file = File.OpenRead(SharedData.Require("oracles/statistics.json"));
        var counts = JsonSerializer.Deserialize<JsonElement[]>(file)!.GroupBy(c => c.GetProperty("method").GetString()!).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(Statistics.Keys.Order(), counts.Keys.Order());
        foreach (var (method, (cases, test)) in Statistics)
        {
            Assert.True(cases == counts[method], $"{method}: {counts[method]} cases, {cases} when {test} was written");
            AssertIsTest(test);
        }
        Assert.Equal(95, counts.Values.Sum());
    }

    [Fact]
    public void GrowthBook_EveryRow_IsReadByATestOrLeftOutWithAReason()
    {
        var theories = typeof(CoverageTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).SelectMany(m => m.GetCustomAttributes<InlineDataAttribute>())
            .Select(a => a.Data[0] as string).OfType<string>().ToHashSet();
        var rows = Oracle.GrowthBook().GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("id").GetString()!).ToArray();
        Assert.Equal(31, rows.Length);
        Assert.DoesNotContain(rows, id => !theories.Contains(id) && !GrowthBookFacts.ContainsKey(id));
        Assert.All(GrowthBookFacts.Values.Concat(GrowthBookOthers.Values), AssertIsTest);
        Assert.DoesNotContain(Oracle.GrowthBook().GetProperty("other").EnumerateObject().Select(o => o.Name), name => !GrowthBookOthers.ContainsKey(name) && !LeftOut.ContainsKey(name));
    }

    [Fact]
    public void GroupSequential_EveryRow_IsReadByATest()
    {
        // Their tests go through all rows and say how many there are; rpact's are named one by one, and a name may stand for two designs.
        AssertIsTest("GroupSequentialOracleTests.Spending_LdboundsRows_Agree");
        AssertIsTest("GroupSequentialOracleTests.Designs_TablesOfTwoToTenLooks_AgreeToFourDecimals");
        AssertIsTest("GroupSequentialOracleTests.RejectionRate_NaivePeeking_IsThePublishedOne");
        var named = typeof(Tests.Sequential.GroupSequential.RpactTests).GetMethods().SelectMany(m => m.GetCustomAttributes<InlineDataAttribute>())
            .GroupBy(a => (string)a.Data[0]!).ToDictionary(g => g.Key, g => g.Count());
        var rows = Tests.Sequential.GroupSequential.GroupSequentialOracleTests.Rows("oracles/rpact_group_sequential_expected.json")
            .GroupBy(r => r.GetProperty("design").GetString()!).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(rows.OrderBy(r => r.Key, StringComparer.Ordinal), named.OrderBy(r => r.Key, StringComparer.Ordinal));
        Assert.Equal(16, rows.Values.Sum());
        using var file = File.OpenRead(SharedData.Require("oracles/group_sequential_reference_tables.json"));
        string[] tables = [.. JsonSerializer.Deserialize<JsonElement>(file).GetProperty("tables").EnumerateObject().Select(t => t.Name)];
        Assert.Equal(["ldOF", "ldPocock", "J&T_Pocock_C", "J&T_OBF_C", "naive_fpr"], tables);
    }

    private static void AssertIsTest(string name)
    {
        var parts = name.Split('.');
        var method = typeof(CoverageTests).Assembly.GetTypes().Single(t => t.Name == parts[0]).GetMethod(parts[1]);
        Assert.True(method?.GetCustomAttributes<FactAttribute>().Any(f => f.Skip is null) == true, $"{name} is no test");
    }
}
