using System.Globalization;

namespace Assay.Experiments.Tests.Assignment;

/// <summary>Units are counted, not sampled: each result is the same on every run.</summary>
[Trait("Kind", "property")]
public sealed class AssignmentPropertyTests
{
    public static TheoryData<HashKind> Hashes => new(Enum.GetValues<HashKind>());

    [Theory]
    [MemberData(nameof(Hashes))]
    public void RaisingExposure_NeverMovesAnExposedUnit(HashKind hash)
    {
        const int seed = 20260101;
        var random = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            var weights = Enumerable.Range(0, random.Next(2, 5)).Select(_ => random.NextDouble() + 0.01).ToArray();
            var experiment = Experiments.Of(hash, "salt-" + round, [.. weights.Select(w => w / weights.Sum())]);
            var exposures = Enumerable.Range(0, 5).Select(_ => random.NextDouble()).Append(1).Order().ToArray();
            var assigners = exposures.Select(e => new ExperimentAssigner(experiment, e)).ToArray();
            for (var u = 0; u < 1000; u++)
            {
                var unit = $"unit-{random.Next()}";
                var held = -1;
                foreach (var assigner in assigners)
                {
                    var now = assigner.Decide(unit, default).VariantIndex;
                    Assert.True(held < 0 || now == held, $"seed {seed}, round {round}: {unit} moved from {held} to {now} at exposure {assigner.Exposure}");
                    held = now;
                }
                Assert.True(held >= 0, $"seed {seed}: {unit} is not exposed at exposure 1");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Hashes))]
    public void OnePercentExposure_OfAMillionUnits_SplitsByTheWeights(HashKind hash)
    {
        double[] weights = [0.5, 0.3, 0.2];
        var assigner = new ExperimentAssigner(Experiments.Of(hash, "one-percent", weights, exposure: 0.01));
        var counts = new int[3];
        for (var i = 0; i < 1_000_000; i++)
            if (assigner.Decide($"user-{i}", default) is { IsAssigned: true } decision) counts[decision.VariantIndex]++;

        var exposed = counts.Sum();
        // 5 standard errors of a binomial share of .01.
        Assert.InRange(exposed, 10_000 - 500, 10_000 + 500);
        var chiSquare = weights.Select((w, i) => Math.Pow(counts[i] - exposed * w, 2) / (exposed * w)).Sum();
        Assert.True(chiSquare < 13.82, $"chi-square with 2 degrees of freedom is {chiSquare} (p < .001) for {string.Join("/", counts)}");
    }

    [Theory]
    [MemberData(nameof(Hashes))]
    public void TwoExperiments_OnTheSameUnits_AreIndependent(HashKind hash)
    {
        var first = new ExperimentAssigner(Experiments.Of(hash, "prompt-tone", [0.5, 0.5]));
        var second = new ExperimentAssigner(Experiments.Of(hash, "retrieval-depth", [0.5, 0.5]));
        var table = new int[2, 2];
        const int units = 200_000;
        for (var i = 0; i < units; i++)
            table[first.Decide($"user-{i}", default).VariantIndex, second.Decide($"user-{i}", default).VariantIndex]++;

        Assert.True(ChiSquare(table, units) < 10.83, $"chi-square {ChiSquare(table, units)} (p < .001)");
    }

    [Theory]
    [MemberData(nameof(Hashes))]
    public void TwoExperiments_WithTheSameSalt_AreNot(HashKind hash)
    {
        // The test above must be able to fail.
        var first = new ExperimentAssigner(Experiments.Of(hash, "", [0.5, 0.5]));
        var second = new ExperimentAssigner(Experiments.Of(hash, "", [0.4, 0.6]));
        var table = new int[2, 2];
        for (var i = 0; i < 2000; i++)
            table[first.Decide($"user-{i}", default).VariantIndex, second.Decide($"user-{i}", default).VariantIndex]++;
        Assert.True(ChiSquare(table, 2000) > 1000);
    }

    [Fact]
    public void Layers_WithDisjointSlices_ExcludeEachOther()
    {
        var first = new ExperimentAssigner(Experiments.Of(HashKind.Sha256, "a", [0.5, 0.5], audience: new Audience(null, "support", new(0, 0.5))));
        var second = new ExperimentAssigner(Experiments.Of(HashKind.Md5Mod10000, "b", [0.5, 0.5], audience: new Audience(null, "support", new(0.5, 1))));
        for (var i = 0; i < 20_000; i++)
            Assert.True(first.Decide($"user-{i}", default).IsAssigned ^ second.Decide($"user-{i}", default).IsAssigned);
    }

    [Theory]
    [MemberData(nameof(Hashes))]
    public void Decide_InAnotherCultureAndFromManyThreads_IsTheSame(HashKind hash)
    {
        var assigner = new ExperimentAssigner(Experiments.Of(hash, "Salt-İ", [0.5, 0.5], exposure: 0.5, new Audience("age >= 1.5 and city == 'İzmir'", null, new(0, 1))));
        Assert.True(UnitAttributes.TryParse("""{"age":2.25,"city":"İzmir"}""", out var attributes, out _));
        var units = Enumerable.Range(0, 3000).Select(i => $"Iı-{i}").ToArray();
        var expected = units.Select(u => assigner.Decide(u, attributes)).ToArray();
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "~";
        var kept = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = odd;
            var again = new ExperimentAssigner(assigner.Experiment);
            Assert.Equal(expected, units.Select(u => again.Decide(u, attributes)));
            Assert.Equal(expected, units.AsParallel().AsOrdered().Select(u => assigner.Decide(u, attributes)));
        }
        finally
        {
            CultureInfo.CurrentCulture = kept;
        }
    }

    private static double ChiSquare(int[,] table, double n)
    {
        var sum = 0.0;
        for (var r = 0; r < 2; r++)
            for (var c = 0; c < 2; c++)
            {
                var expected = (table[r, 0] + table[r, 1]) * (double)(table[0, c] + table[1, c]) / n;
                sum += Math.Pow(table[r, c] - expected, 2) / expected;
            }
        return sum;
    }
}
