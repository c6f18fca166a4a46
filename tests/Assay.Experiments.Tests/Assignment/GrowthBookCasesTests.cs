using System.Text.Json;
using Assay.Testing;

namespace Assay.Experiments.Tests.Assignment;

/// <summary>The conformance cases that GrowthBook publishes for its SDKs.</summary>
[Trait("Kind", "reference")]
public sealed class GrowthBookCasesTests
{
    [Fact]
    public void Hash_AllCases_Agree()
    {
        foreach (var c in Cases("hash", 15))
        {
            var (seed, unit, version) = (c[0].GetString()!, c[1].GetString()!, c[2].GetInt32());
            // Version 99 is the SDKs' case of an unknown version; here there is no way to ask for one.
            if (version is 1 or 2)
                Assert.Equal(c[3].GetDouble(), version == 1 ? GrowthBookHash.Version1(seed, unit) : GrowthBookHash.Version2(seed, unit));
        }
    }

    [Fact]
    public void Ranges_AllCases_Agree()
    {
        foreach (var c in Cases("getBucketRange", 13))
        {
            var weights = c[1][2].ValueKind == JsonValueKind.Null ? null : c[1][2].EnumerateArray().Select(w => w.GetDouble()).ToArray();
            var actual = GrowthBookHash.Ranges(c[1][0].GetInt32(), c[1][1].GetDouble(), weights);
            Assert.Equal(Numbers(c[2]), actual.SelectMany(r => new[] { r.Low, r.High }), (a, b) => Math.Abs(a - b) < 1e-9);
        }
    }

    [Fact]
    public void Choose_AllCases_Agree()
    {
        foreach (var c in Cases("chooseVariation", 13))
        {
            var ranges = c[2].EnumerateArray().Select(r => new BucketRange(r[0].GetDouble(), r[1].GetDouble())).ToArray();
            Assert.Equal(c[3].GetInt32(), BucketRanges.Choose(c[1].GetDouble(), ranges));
        }
    }

    [Fact]
    public void EqualWeights_AllCases_Agree()
    {
        foreach (var c in Cases("getEqualWeights", 6))
            Assert.Equal(c[1].EnumerateArray().Select(w => w.GetDouble()), BucketRanges.EqualWeights(c[0].GetInt32()).Select(w => Math.Round(w, 8)));
    }

    [Fact]
    public void IsInNamespace_AllCases_Agree()
    {
        foreach (var c in Cases("inNamespace", 16))
        {
            var slice = new BucketRange(c[2][1].GetDouble(), c[2][2].GetDouble());
            Assert.Equal(c[3].GetBoolean(), GrowthBookHash.IsInNamespace(c[1].GetString(), c[2][0].GetString(), slice));
        }
    }

    private static double[] Numbers(JsonElement ranges) => [.. ranges.EnumerateArray().SelectMany(r => r.EnumerateArray()).Select(n => n.GetDouble())];

    private static List<JsonElement> Cases(string name, int count)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Require("oracles/growthbook_sdk_cases.json")));
        var cases = document.RootElement.GetProperty(name).EnumerateArray().Select(e => e.Clone()).ToList();
        Assert.Equal(count, cases.Count);
        return cases;
    }
}
