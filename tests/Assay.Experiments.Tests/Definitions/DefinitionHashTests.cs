using System.Globalization;

namespace Assay.Experiments.Tests.Definitions;

public sealed class DefinitionHashTests : IDisposable
{
    private readonly Example example = new();

    public void Dispose() => example.Dispose();

    private string Hash(string yaml) => example.Experiment(yaml).DefinitionHash;

    [Theory]
    [InlineData("owner: support-ai", "owner: others")]
    [InlineData("hypothesis: Citing", "hypothesis: Not citing")]
    [InlineData("owner: support-ai", "x-note: { any: thing }")]
    [InlineData("unit: conversation", "# a comment\nunit:    'conversation'")]
    [InlineData("unit: conversation\nroute: support-bot", "route: support-bot\nunit: conversation")]
    [InlineData("hash: sha256\n", "")]
    [InlineData("hash: sha256\n", "salt: support-prompt\n")]
    [InlineData("weight: 0.5", "weight: 50")]
    [InlineData("config: { retrievalK: 5, embeddingModel: e5 }", "config: { \"embeddingModel\": \"e5\", retrievalK: 5.0 }")]
    [InlineData("looks: 4", "looks: [0.25, 0.5, 0.75, 1]")]
    [InlineData("for: 24h", "for: 1d")]
    [InlineData("https://api.openai.com/v1", "https://example.com/v1")]
    [InlineData("tools: tools.json", "tools: [ { function: { name: lookup }, type: function } ]")]
    public void Compute_WhatDoesNotMatterChanges_StaysTheSame(string replace, string by) => Assert.Equal(Hash(Example.Yaml), Hash(Changed(replace, by)));

    [Theory]
    [InlineData("model: gpt-4o-mini, system", "model: gpt-4o, system")]
    [InlineData("Be helpful.", "Be helpful!")]
    [InlineData("promptVersion: b7", "promptVersion: b8")]
    [InlineData("temperature: 0.3", "temperature: 0.30000001")]
    [InlineData("weight: 0.5", "ranges: [[0.5, 0.9]]", "- key: treatment\n    ")]
    [InlineData("hash: sha256", "salt: other")]
    [InlineData("exposure: 1.0", "exposure: 0.99")]
    [InlineData("plan == 'pro'", "plan == 'free'")]
    [InlineData("secondary: [csat, output_tokens]", "secondary: [csat]")]
    [InlineData("event: resolved, better: higher", "event: solved, better: higher")]
    [InlineData("alpha: 0.05", "alpha: 0.04")]
    [InlineData("max: 3000", "max: 2999")]
    [InlineData("maxLoss: 0.02", "maxLoss: 0.03")]
    [InlineData("for: 24h", "for: 25h")]
    [InlineData("mode: replace", "mode: append")]
    public void Compute_WhatMattersChanges_Differs(string replace, string by, string prefix = "") =>
        Assert.NotEqual(Hash(Example.Yaml), Hash(Changed(prefix + replace, prefix + by)));

    [Fact]
    public void Compute_ReferencedFileChanges_Differs()
    {
        var before = Hash(Example.Yaml);
        example.Write("prompts/b.md", "Be terse.\n");
        var after = Hash(Example.Yaml);
        Assert.NotEqual(before, after);
        example.Write("prompts/b.md", "Be terse.\r\n");
        Assert.Equal(after, Hash(Example.Yaml));
        example.Write("tools.json", "[]");
        Assert.NotEqual(after, Hash(Example.Yaml));
    }

    [Fact]
    public void Compute_InAnotherCulture_IsTheSame()
    {
        var expected = Hash(Example.Yaml);
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "~";
        var kept = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(expected, Hash(Example.Yaml));
        }
        finally
        {
            CultureInfo.CurrentCulture = kept;
        }
    }

    [Fact]
    public void Compute_SmallExperiment_IsPinned()
    {
        // A stored hash must mean the same in every later version: when this number changes, running experiments would be refused.
        var experiment = example.Experiment("key: pinned\nvariants: [ { key: a, model: x }, { key: b, model: y } ]\nmetrics: { primary: csat }\nplan: { minimumEffect: 0.1 }");
        Assert.Equal("""{"experiment":{"exposure":1,"hash":"sha256","key":"pinned","metrics":{"primary":["csat"]},"plan":{"alpha":0.05,"burnIn":"0s","correction":"benjamini-hochberg","minimumDays":0,"minimumEffect":0.1,"power":0.8,"primaryRule":"all"},"salt":"pinned","unit":"conversation","variants":[{"key":"a","model":"x","ranges":[[0,0.5]]},{"key":"b","model":"y","ranges":[[0.5,1]]}]},"metrics":{"csat":{"aggregate":"mean","better":"higher","event":"csat","missing":"exclude","type":"mean","value":"value","window":{"from":"0s","idle":"30m"}}}}""",
            DefinitionHash.CanonicalText(experiment));
        Assert.Equal("458e990e745c955d30186d9dc38e699e9825a62f42df69c42d7f387a07353fec", experiment.DefinitionHash);
    }

    [Theory]
    [InlineData("weights: 3:1:1", "weight: 3", "weight: 1", "weight: 1")]
    [InlineData("tenths", "weight: 0.1", "weight: 0.2", "weight: 0.7")]
    [InlineData("thirds", "", "", "")]
    [InlineData("uneven", "weight: 0.333", "weight: 0.333", "weight: 0.333")]
    [InlineData("ranges", "ranges: [[0.1, 0.2], [0.7, 0.9]]", "ranges: [[0, 0.1]]", "")]
    public void ToJson_Weights_RoundTripToTheSameHash(string name, params string[] weights)
    {
        foreach (var hash in new[] { "sha256", "growthbook-v2", "md5-10000" })
        {
            var variants = string.Join('\n', weights.Select((w, i) => $"  - {{ key: v{i}, model: m{i}{(w.Length == 0 ? "" : ", " + w)} }}"));
            var experiment = example.Experiment($"key: e\nhash: {hash}\nvariants:\n{variants}\nmetrics: {{ primary: [error_rate, latency_p95_warm, cost_per_resolved, repeat_usage_7d] }}");
            var again = DefinitionReader.ReadText(DefinitionWriter.ToJson(experiment)).Definitions!.Experiments[0];
            Assert.Equal(experiment.DefinitionHash, again.DefinitionHash);
            Assert.Equal(experiment.Variants.Select(v => v.Weight), again.Variants.Select(v => v.Weight));
            Assert.Equal(DefinitionWriter.ToJson(experiment), DefinitionWriter.ToJson(again));
            Assert.Equal(experiment.Metrics, again.Metrics);
            Assert.NotEmpty(name);
        }
    }

    private static string Changed(string replace, string by)
    {
        Assert.Contains(replace, Example.Yaml, StringComparison.Ordinal);
        return Example.Yaml.Replace(replace, by, StringComparison.Ordinal);
    }
}
