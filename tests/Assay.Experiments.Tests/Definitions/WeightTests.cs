namespace Assay.Experiments.Tests.Definitions;

public sealed class WeightTests
{
    [Theory]
    [InlineData("weight: 1|weight: 3", "0-0.25|0.25-1")]
    [InlineData("weight: 80|weight: 20", "0-0.8|0.8-1")]
    [InlineData("weight: 0.5|weight: 0.4999", "0-0.500050005|0.500050005-1")]
    [InlineData("|", "0-0.5|0.5-1")]
    [InlineData("weight: 1.5|weight: 0.5", "0-0.75|0.75-1")]
    [InlineData("weight: 1|weight: 0", "0-1|1-1")]
    [InlineData("|ranges: [[0, 0.2]]", "0.2-1|0-0.2")]
    [InlineData("weight: 0.8|ranges: [[0, 0.2]]", "0.2-1|0-0.2")]
    [InlineData("weight: 0.5|ranges: [[0.5, 0.7]]", "0-0.5|0.5-0.7")]
    [InlineData("|ranges: [[0.4, 0.6]]", "0-0.4,0.6-1|0.4-0.6")]
    [InlineData("ranges: [[0.5, 0.6]]|ranges: [[0, 0.1]]", "0.5-0.6|0-0.1")]
    public void Read_Weights_BecomeFixedRanges(string weights, string expected)
    {
        var variants = Read(weights, "sha256").Definitions!.Experiments[0].Variants;
        Assert.Equal(expected, string.Join('|', variants.Select(v => string.Join(',', v.Ranges.Select(r => FormattableString.Invariant($"{Math.Round(r.Low, 9)}-{Math.Round(r.High, 9)}"))))));
        Assert.Equal(1, variants.Sum(v => v.Weight), 9);
    }

    [Fact]
    public void Read_GrowthBookDecimals_AreUsedAsItsSdksDo()
    {
        var variants = Read("weight: 0.4|weight: 0.5999", "growthbook-v2").Definitions!.Experiments[0].Variants;
        Assert.Equal([new BucketRange(0, 0.4), new BucketRange(0.4, 0.9999)], variants.Select(v => v.Ranges[0]));
    }

    [Fact]
    public void Read_ManyEqualVariants_LeaveNoBucketOut()
    {
        for (var n = 2; n < 60; n++)
        {
            var variants = Read(new string('|', n - 1), "sha256").Definitions!.Experiments[0].Variants;
            Assert.Equal(1, variants[^1].Ranges[0].High);
        }
    }

    [Fact]
    public void Read_IssueExample_AssignsAsPublished()
    {
        var text = """
            key: fine-tuned-v2-test
            hash: md5-10000
            variants: [ { key: base }, { key: tuned, model: ft, ranges: [[0, 0.2]] } ]
            """;
        var assigner = new ExperimentAssigner(DefinitionReader.ReadText(text).Definitions!.Experiments[0]);
        Assert.Equal([1, 0, 0], new[] { "user-1", "user-2", "user-42" }.Select(u => assigner.Decide(u, default).VariantIndex));
    }

    private static DefinitionResult Read(string weights, string hash)
    {
        var variants = weights.Split('|').Select((w, i) => $"  - {{ key: v{i}, model: m{i}{(w.Length == 0 ? "" : ", " + w)} }}");
        var result = DefinitionReader.ReadText($"key: e\nhash: {hash}\nvariants:\n{string.Join('\n', variants)}");
        Assert.Empty(result.Errors);
        return result;
    }
}
