using System.Security.Cryptography;
using System.Text;

namespace Assay.Experiments.Tests.Assignment;

public sealed class ExperimentAssignerTests
{
    [Theory]
    [InlineData("return-ticket-48291", 0.376633)]
    [InlineData("delivery-ticket-48292", 0.692785)]
    public void VariantBucket_Sha256WithEmptySalt_IsThePublishedNumber(string unit, double expected)
    {
        var assigner = new ExperimentAssigner(Experiments.Of(HashKind.Sha256, "", [0.5, 0.5]));
        Assert.Equal(expected, assigner.VariantBucket(unit), 6);
    }

    [Theory]
    [InlineData("user-1", 0.0009)]
    [InlineData("user-2", 0.5316)]
    [InlineData("user-42", 0.9366)]
    public void VariantBucket_Md5_IsThePublishedNumber(string unit, double expected)
    {
        var assigner = new ExperimentAssigner(Experiments.Of(HashKind.Md5Mod10000, "fine-tuned-v2-test", [0.5, 0.5]));
        Assert.Equal(expected, assigner.VariantBucket(unit));
    }

    [Fact]
    public void Decide_Md5WithTreatmentRange_TreatsUser1Only()
    {
        var assigner = new ExperimentAssigner(Experiments.WithRanges(HashKind.Md5Mod10000, "fine-tuned-v2-test", 1, null, [new(0.2, 1)], [new(0, 0.2)]));
        Assert.Equal([1, 0, 0], new[] { "user-1", "user-2", "user-42" }.Select(u => assigner.Decide(u, default).VariantIndex));
    }

    [Fact]
    public void Decide_Sha256WithTreatmentTenth_KeepsBothTicketsInControlOnEveryTurn()
    {
        var assigner = new ExperimentAssigner(Experiments.WithRanges(HashKind.Sha256, "", 1, null, [new(0.1, 1)], [new(0, 0.1)]));
        for (var turn = 0; turn < 20; turn++)
        {
            Assert.Equal(0, assigner.Decide("return-ticket-48291", default).VariantIndex);
            Assert.Equal(0, assigner.Decide("delivery-ticket-48292", default).VariantIndex);
        }
    }

    [Fact]
    public void Decide_BucketInNoRange_IsNotExposed()
    {
        var assigner = new ExperimentAssigner(Experiments.WithRanges(HashKind.Sha256, "", 1, null, [new(0.5, 0.6)], [new(0, 0.1)]));
        var decision = assigner.Decide("return-ticket-48291", default);
        Assert.Equal((-1, AssignmentReason.NotExposed, 0.0), (decision.VariantIndex, decision.Reason, decision.Propensity));
    }

    [Fact]
    public void Decide_EmptyUnit_SaysNoUnit()
    {
        var decision = new ExperimentAssigner(Experiments.Of(HashKind.Sha256, "s", [0.5, 0.5])).Decide("", default);
        Assert.Equal(AssignmentReason.NoUnit, decision.Reason);
        Assert.False(decision.IsAssigned);
    }

    [Fact]
    public void Decide_HashDomains_AreThoseDocumented()
    {
        var assigner = new ExperimentAssigner(Experiments.Of(HashKind.Sha256, "salt", [0.3, 0.7], exposure: 0.4, new Audience(null, "shop", new(0, 0.6))));
        for (var i = 0; i < 500; i++)
        {
            var unit = $"ünit-{i}";
            var expected = Bucket("layer:shop:" + unit) >= 0.6 ? AssignmentReason.ExcludedByLayer
                : Bucket("salt:exposure:" + unit) >= 0.4 ? AssignmentReason.NotExposed : AssignmentReason.Assigned;
            var decision = assigner.Decide(unit, default);
            Assert.Equal(expected, decision.Reason);
            if (decision.IsAssigned)
            {
                Assert.Equal(Bucket("salt" + unit), decision.Bucket);
                Assert.Equal(Bucket("salt" + unit) < 0.3 ? 0 : 1, decision.VariantIndex);
                Assert.Equal(decision.VariantIndex == 0 ? 0.12 : 0.28, decision.Propensity, 12);
            }
        }

        static double Bucket(string text)
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
            return ((uint)digest[0] << 24 | (uint)digest[1] << 16 | (uint)digest[2] << 8 | digest[3]) / Math.Pow(2, 32);
        }
    }

    [Fact]
    public void Decide_GrowthBook_UsesCoverageInsideTheRangesAndNamespaces()
    {
        var assigner = new ExperimentAssigner(Experiments.Of(HashKind.GrowthBookV2, "seed", [0.5, 0.5], exposure: 0.2, new Audience(null, "namespace1", new(0.4, 1))));
        var (assigned, excluded) = (0, 0);
        for (var i = 0; i < 5000; i++)
        {
            var unit = $"u{i}";
            var decision = assigner.Decide(unit, default);
            var bucket = GrowthBookHash.Version2("seed", unit);
            var inside = GrowthBookHash.IsInNamespace(unit, "namespace1", new BucketRange(0.4, 1));
            Assert.Equal(!inside ? -1 : bucket < 0.1 ? 0 : bucket is >= 0.5 and < 0.6 ? 1 : -1, decision.VariantIndex);
            if (decision.IsAssigned) assigned++;
            if (decision.Reason == AssignmentReason.ExcludedByLayer) excluded++;
        }
        Assert.InRange(assigned, 450, 750);
        Assert.InRange(excluded, 1700, 2300);
    }

    [Fact]
    public void Decide_AudienceDoesNotHold_IsNotInAudience()
    {
        var assigner = new ExperimentAssigner(Experiments.Of(HashKind.Sha256, "s", [0.5, 0.5], audience: new Audience("plan == 'pro'", null, new(0, 1))));
        Assert.Equal(AssignmentReason.NotInAudience, assigner.Decide("u", default).Reason);
        Assert.Equal(AssignmentReason.NotInAudience, assigner.Decide("u", Attributes("""{"plan":"free"}""")).Reason);
        Assert.True(assigner.Decide("u", Attributes("""{"plan":"pro"}""")).IsAssigned);
    }

    [Fact]
    public void Decide_LongAndMalformedUnits_NeverThrows()
    {
        foreach (var hash in Enum.GetValues<HashKind>())
        {
            var assigner = new ExperimentAssigner(Experiments.Of(hash, "s", [0.5, 0.5], exposure: 0.5, new Audience(null, "l", new(0, 0.5))));
            foreach (var unit in new[] { new string('x', 100_000), "\ud800", "\0", "🙂🙂", new string('ü', 200) })
                Assert.InRange(assigner.VariantBucket(unit), 0, 1 - 1e-12);
            Assert.Equal(assigner.Decide(new string('x', 100_000), default), assigner.Decide(new string('x', 100_000), default));
        }
    }

    [Fact]
    public void Constructor_ExposureOutsideUnitInterval_Throws()
    {
        var experiment = Experiments.Of(HashKind.Sha256, "s", [0.5, 0.5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentAssigner(experiment, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentAssigner(experiment, double.NaN));
        Assert.Equal(0.25, new ExperimentAssigner(experiment, 0.25).Exposure);
    }

    [Theory]
    [InlineData(HashKind.Sha256)]
    [InlineData(HashKind.GrowthBookV2)]
    [InlineData(HashKind.Md5Mod10000)]
    public void Decide_AfterWarmUp_AllocatesNothing(HashKind hash)
    {
        var audience = new Audience("plan == 'pro' and not (country in ['US', 'GB']) and age >= 18 and device.os != 'ios' and name > 'a'", "layer", new(0, 0.9));
        var assigner = new ExperimentAssigner(Experiments.Of(hash, "salt", [0.5, 0.5], exposure: 0.8, audience));
        var attributes = Attributes("""{"plan":"pro","country":"DE","age":30,"device":{"os":"android"},"name":"zoë"}""");
        var (assigned, rounds) = (0, 20_000);
        for (var i = 0; i < rounds; i++) assigned += assigner.Decide("conversation-1234567890", attributes).IsAssigned ? 1 : 0;

        var before = GC.GetAllocatedBytesForCurrentThread();
        Span<char> unit = stackalloc char[16];
        for (var i = 0; i < rounds; i++)
        {
            i.TryFormat(unit, out var length);
            if (assigner.Decide(unit[..length], attributes).IsAssigned) assigned++;
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.True(assigned > rounds / 2);
    }

    private static UnitAttributes Attributes(string json)
    {
        Assert.True(UnitAttributes.TryParse(json, out var attributes, out _));
        return attributes;
    }
}
