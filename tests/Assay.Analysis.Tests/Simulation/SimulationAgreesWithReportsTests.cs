using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis.Tests.Simulation;

/// <summary>A simulation takes short ways; they must lead where a report of the same moments leads.</summary>
public sealed class SimulationAgreesWithReportsTests
{
    [Theory]
    [InlineData(CorrectionKind.None)]
    [InlineData(CorrectionKind.Bonferroni)]
    [InlineData(CorrectionKind.Holm)]
    [InlineData(CorrectionKind.Hochberg)]
    [InlineData(CorrectionKind.BenjaminiHochberg)]
    [InlineData(CorrectionKind.BenjaminiYekutieli)]
    public void Claims_AtEveryLook_AreTheReports(CorrectionKind correction)
    {
        var plan = GivenExperiment.Planned(0.08, 0.6, null, 0.4, 0.7, 1) with { Correction = correction };
        var experiment = SimulatedWorldTests.WithSecondaries(plan, [1, 1, 1]);
        var options = new SimulationOptions { Effect = 0.08, SecondaryEffects = [new("csat", 0.1), new("thumbs", 0.03)], MetricCorrelation = 0.5 };
        int open = 0, claimed = 0;
        Walk(experiment, options, runs: 12, (sequential, family, moments, given, report) =>
        {
            var byName = moments.Metrics.ToDictionary(m => m.Metric);
            var isOpen = family.IsOpen(report.Looks);
            Assert.Equal(report.Warnings.All(w => w.Code != "secondaries-not-tested"), isOpen);
            if (!isOpen) return;
            var claims = family.Claims(report.Looks, byName);
            Assert.Equal(family.Claims(report), claims);
            open++;
            claimed += System.Numerics.BitOperations.PopCount(claims);
        });
        Assert.True(open > 5 && claimed > 3, $"{open} and {claimed}: nothing was compared");
    }

    [Fact]
    public void Decide_CovariatesAndSegments_SaysWhatTheReportSays()
    {
        var experiment = GivenExperiment.With(
            plan: GivenExperiment.Planned(0.08, 0.6, null, 0.4, 0.7, 1) with { Covariates = [new Covariate("pre", null, null), new Covariate("past", null, null)] },
            segments: [GivenExperiment.Critical("plan", "enterprise", 0.12), GivenExperiment.Critical("device", "phone", 0.15)]);
        var decisions = new HashSet<Decision>();
        Walk(experiment, new SimulationOptions { Effect = 0.08, Segments = [new("plan", "enterprise", 0.3, -0.1)] }, runs: 60, (sequential, _, moments, given, report) =>
        {
            var decided = PlanDecider.Decide(sequential, moments, given);
            Assert.Equal((report.Verdict.Decision, report.Verdict.Variant, report.Ends), (decided.Decision, decided.Variant, decided.Ends));
            Assert.Equal(report.Segments.Select(s => s.State), decided.Segments.Select(s => s.State));
            Assert.Contains(report.Metrics, m => m.VarianceReduction is > 0.1 and < 0.5);
            decisions.Add(decided.Decision);
        });
        Assert.True(decisions.Count >= 3, string.Join(", ", decisions));
    }

    private static void Walk(
        Experiment experiment, SimulationOptions options, int runs, Action<SequentialPlan, SecondaryFamily, ExperimentMoments, ReportOptions, Report> compare)
    {
        var plan = SequentialPlan.Of(experiment);
        var cells = SimulatedCells.Of(experiment, options);
        var (metrics, _) = SimulatedTruth.Of(experiment, cells, options);
        var z = StandardNormal.Critical(experiment.Plan.Alpha);
        var traffic = new SimulatedTraffic(experiment, metrics, cells, options, z);
        var family = new SecondaryFamily(plan, z);
        for (var run = 0; run < runs; run++)
        {
            var random = new RandomStream(31, run);
            var arrived = traffic.Nobody();
            ImmutableArray<LookRecord> history = [];
            for (var look = 1; look <= plan.Fractions.Length; look++)
            {
                traffic.Arrive(ref random, arrived, (int)(plan.UnitsAt(look)!.Value - (look == 1 ? 0 : plan.UnitsAt(look - 1)!.Value)));
                var moments = traffic.Read(arrived);
                var given = new ReportOptions { IsFinal = look == plan.Fractions.Length, Looks = history, RemembersLooks = true, Sequential = plan, QuantileZ = z };
                var report = ReportBuilder.Build(experiment, moments, given);
                compare(plan, family, moments, given, report);
                history = report.Looks;
            }
        }
    }
}
