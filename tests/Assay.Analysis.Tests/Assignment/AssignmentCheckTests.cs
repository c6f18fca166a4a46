using System.Globalization;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis.Tests.Assignment;

public sealed class AssignmentCheckTests
{
    private static readonly string[] Units = [.. Enumerable.Range(1, 3000).Select(i => string.Create(CultureInfo.InvariantCulture, $"user-{i}"))];

    [Theory]
    [InlineData(HashKind.Sha256, 1)]
    [InlineData(HashKind.Md5Mod10000, 0.6)]
    [InlineData(HashKind.GrowthBookV2, 1)]
    [Trait("Kind", "calibration")]
    public void Run_SoundHashes_PassWhateverTheSeed(HashKind hash, double exposure)
    {
        var random = new Random(5);
        UnitValue[] values = [.. Units.Select(u => new UnitValue(u, 0, random.NextDouble() < 0.4 ? 1 : 0, null))];
        for (var seed = 1; seed <= 6; seed++)
        {
            var report = AssignmentCheck.Run(Given(hash) with { Exposure = exposure, Salt = $"salt-{seed}" }, Units, new AssignmentCheckOptions { Resalts = 150, Seed = seed, Parallelism = 2, Values = [.. values], Others = [Given(hash)] });
            Assert.True(report.Outcome == "pass", $"seed {seed}: {report.Summary}");
            string[] expected = ["buckets", "sample-ratio", "other-experiment", "pooled-ratio", .. exposure < 1 ? ["exposure"] : Array.Empty<string>(), "ratio-p-values", "other-salt", "a-a"];
            Assert.Equal(expected, report.Tests.Select(t => t.Test));
            Assert.All(report.Tests, t => Assert.InRange(t.PValue!.Value, 0, 1));
            Assert.InRange(report.Tests[^1].ShareBelowAlpha!.Value, 0, 0.13);
        }
    }

    [Fact]
    public void Run_UnitsChosenByTheirBuckets_FailsAtBucketsAndRatio()
    {
        var experiment = Given();
        var assigner = new ExperimentAssigner(experiment);
        var report = AssignmentCheck.Run(experiment, [.. Units.Where(u => assigner.VariantBucket(u) is < 0.5 or > 0.6)], new AssignmentCheckOptions { Resalts = 100 });
        Assert.Equal("fail", report.Outcome);
        Assert.Equal(["buckets", "sample-ratio"], report.Tests.Where(t => t.Passes == false).Select(t => t.Test));
        Assert.Contains("does not hold", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnotherExperimentWithTheSameSalt_FailsAndNamesIt()
    {
        var report = AssignmentCheck.Run(Given(), Units, new AssignmentCheckOptions { Resalts = 100, Others = [Given() with { Key = "twin" }, Given() with { Key = "stranger", Salt = "other" }] });
        var failed = Assert.Single(report.Tests, t => t.Passes == false);
        Assert.Equal(("other-experiment", "twin"), (failed.Test, failed.About));
        Assert.Contains("both have the salt", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ValuesOnWhichTheTestBreaks_FailsAtTheAaComparison()
    {
        // Half of all there is belongs to one unit: t is then far from its distribution, whoever assigns.
        var values = Units.Select((u, i) => new UnitValue(u, 0, i == 0 ? 1e6 : i % 7, null));
        var plan = new AnalysisPlan();
        var experiment = GivenExperiment.With([new ExperimentMetric(GivenExperiment.Mean("tokens"), MetricRole.Primary)], plan) with { Variants = Given().Variants };
        var report = AssignmentCheck.Run(experiment, Units, new AssignmentCheckOptions { Resalts = 200, Values = [.. values] });
        var failed = Assert.Single(report.Tests, t => t.Passes == false);
        Assert.Equal(("a-a", "tokens in 'treatment'", 0.0), (failed.Test, failed.About, failed.ShareBelowAlpha));
    }

    [Fact]
    public void Run_RatioOfUnits_IsComparedAsAReportDoes()
    {
        var random = new Random(11);
        var values = Units.Select(u => new UnitValue(u, 0, Math.Exp(random.NextDouble()), 1 + random.Next(4)));
        var experiment = GivenExperiment.With([new ExperimentMetric(GivenExperiment.Ratio("cost"), MetricRole.Primary)]) with { Variants = Given().Variants };
        var report = AssignmentCheck.Run(experiment, Units, new AssignmentCheckOptions { Resalts = 200, Values = [.. values] });
        Assert.Equal("pass", report.Outcome);
        Assert.InRange(report.Tests.Single(t => t.Test == "a-a").ShareBelowAlpha!.Value, 0.005, 0.12);
    }

    [Fact]
    public void Run_TooFewUnits_IsInconclusiveNotAPass()
    {
        var report = AssignmentCheck.Run(Given(), Units[..60], new AssignmentCheckOptions());
        Assert.Equal("inconclusive", report.Outcome);
        Assert.Null(Assert.Single(AssignmentCheck.Run(Given(), Units[..300], new AssignmentCheckOptions { Resalts = 30 }).Tests, t => t.Test == "ratio-p-values").Passes);
        Assert.Equal("inconclusive", AssignmentCheck.Run(Given(), [], new AssignmentCheckOptions()).Outcome);
    }

    [Fact]
    public void Run_Misuse_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AssignmentCheck.Run(Given(), Units, new AssignmentCheckOptions { Resalts = 5 }));
        Assert.Throws<ArgumentException>(() => AssignmentCheck.Run(Given(), Units, new AssignmentCheckOptions { Values = [new("a", 0, 1, null)] }));
        var quantile = GivenExperiment.With([new ExperimentMetric(GivenExperiment.Quantile("latency"), MetricRole.Primary)]) with { Variants = Given().Variants };
        Assert.Throws<ArgumentException>(() => AssignmentCheck.Run(quantile, ["a"], new AssignmentCheckOptions { Values = [new("a", 0, 1, null)] }));
    }

    private static Experiment Given(HashKind hash = HashKind.Sha256) => GivenExperiment.With() with
    {
        Hash = hash,
        Variants = [new Variant { Key = "control", Weight = 0.5, Ranges = [new BucketRange(0, 0.5)] }, new Variant { Key = "treatment", Weight = 0.5, Ranges = [new BucketRange(0.5, 1)] }],
    };
}
