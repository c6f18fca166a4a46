namespace Assay.Analysis.Tests;

public sealed class PlanDeciderTests
{
    /// <summary>The short way and the long way must never part.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decide_RandomMoments_SaysWhatTheReportSays(bool hasLooks)
    {
        const int Seed = 7;
        var random = new Random(Seed);
        var plan = GivenExperiment.Planned(0.1, null, 1, hasLooks ? [0.25, 0.5, 0.75, 1] : []) with { Futility = hasLooks ? "pocock" : null };
        foreach (var weights in (double[][])[[1, 1], [1, 1, 1]])
        {
            var experiment = GivenLooks.Mean(plan, weights: weights);
            var given = new GivenLooks(experiment);
            for (var run = 0; run < 150; run++)
            {
                var moments = given.MomentsAt(random.Next(1, 12) / 10.0, [.. weights.Skip(1).Select(_ => 8 * random.NextDouble() - 4)]);
                var report = ReportBuilder.Build(experiment, moments);
                var decision = PlanDecider.Decide(given.Plan, moments, ReportOptions.Default);
                Assert.Equal((report.Verdict.Decision, report.Verdict.Variant, report.Look is not null, report.Ends), (decision.Decision, decision.Variant, decision.IsLook, decision.Ends));
                Assert.Equal(report.Looks.Select(l => l.Fraction), decision.Looks.Select(l => l.Fraction));
            }
        }
    }
}
