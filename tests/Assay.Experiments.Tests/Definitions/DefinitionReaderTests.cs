using System.Text.Json;

namespace Assay.Experiments.Tests.Definitions;

public sealed class DefinitionReaderTests : IDisposable
{
    private readonly Example example = new();

    public void Dispose() => example.Dispose();

    [Fact]
    public void ReadText_ContractExample_GivesTheExperimentAsDeclared()
    {
        var experiment = example.Experiment(Example.Yaml);

        Assert.Equal("support-prompt", experiment.Key);
        Assert.Equal("support-prompt", experiment.Salt);
        Assert.Equal(UnitKind.Conversation, experiment.Unit);
        Assert.Equal(HashKind.Sha256, experiment.Hash);
        Assert.Equal(["control", "treatment"], experiment.Variants.Select(v => v.Key));
        Assert.Equal([new BucketRange(0, 0.5), new BucketRange(0.5, 1)], experiment.Variants.SelectMany(v => v.Ranges));
        var treatment = experiment.Variants[1];
        Assert.Equal("Be helpful, cite the policy, {{name}}.\n", treatment.System!.Text);
        Assert.Equal(0.3, treatment.Parameters["temperature"].GetDouble());
        Assert.Equal("lookup", treatment.Tools!.Value[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal(5, treatment.Config!.Value.GetProperty("retrievalK").GetInt32());
        Assert.Equal(new Audience("plan == 'pro' and country in ['DE','FR']", "support", new BucketRange(0, 0.5)), experiment.Audience);
        Assert.Equal(["resolution", "latency_p95", "error_rate", "cost_per_resolved", "csat", "output_tokens"], experiment.Metrics.Select(m => m.Metric.Name));
        Assert.Equal([MetricRole.Primary, MetricRole.Guardrail, MetricRole.Guardrail, MetricRole.Guardrail, MetricRole.Secondary, MetricRole.Secondary], experiment.Metrics.Select(m => m.Role));
        Assert.Equal([0.25, 0.5, 0.75, 1], experiment.Plan.Looks);
        Assert.Equal(new MinimumEffect(0.05, false), experiment.Plan.MinimumEffect);
        Assert.Equal("pre_resolution", experiment.Plan.Covariates[0].Attribute);
        Assert.Equal(0.02, experiment.Segments[0].Critical["enterprise"]);
        Assert.Equal(TimeSpan.FromMinutes(10), experiment.Guardrails[0].Window);
        Assert.Equal(GuardrailAction.Rollback, experiment.Guardrails[1].Action);
        Assert.Equal(["offline", "shadow", "canary", "ab"], experiment.Rollout.Select(r => r.Stage));
        Assert.Matches("^[0-9a-f]{64}$", experiment.DefinitionHash);
    }

    [Fact]
    public void ReadText_ContractExample_ReadsUpstreamsRoutesAndPrices()
    {
        var set = example.Read(Example.Yaml).Definitions!;

        Assert.Equal("OPENAI_API_KEY", set.Upstreams["openai"].KeyEnv);
        Assert.Null(set.Upstreams["vllm"].KeyEnv);
        Assert.Equal(new Route("support-bot", "openai", "gpt-4o-mini"), set.Routes["support-bot"]);
        Assert.Contains(new ModelPrice("gpt-4o-mini", 0.15, 0.075, 0.60, null, new DateOnly(2024, 7, 18)), set.Prices);
        Assert.Contains(new ModelPrice("my-ft", null, null, null, 2.5, null), set.Prices);
    }

    [Fact]
    public void ReadText_ContractExample_WarnsOfWhatIsOftenRegrettedAndOfWhatHasNoEffectYet()
    {
        var codes = example.Read(Example.Yaml).Warnings.Select(w => (w.Code, w.Line)).ToArray();

        Assert.Equal([("variants-differ", 7), ("guardrail-limit", 20)], codes.Where(c => c.Code != "not-yet-supported"));
        var without = example.Read(Example.Yaml).Warnings.Where(w => w.Code == "not-yet-supported").Select(w => w.Path).Order(StringComparer.Ordinal);
        Assert.Equal(["guardrails", "rollout"], without);
    }

    [Fact]
    public void ReadText_CombinedJson_ReadsAsTheSameExperiment()
    {
        var first = example.Experiment(Example.Yaml);
        var result = DefinitionReader.ReadText(DefinitionWriter.ToJson(first));

        Assert.Empty(result.Errors);
        Assert.Equal(first.DefinitionHash, Assert.Single(result.Definitions!.Experiments).DefinitionHash);
    }

    [Fact]
    public void ToJson_WholeSet_RoundTripsToTheSameText()
    {
        var json = DefinitionWriter.ToJson(example.Read(Example.Yaml).Definitions!);
        var again = DefinitionReader.ReadText(json);

        Assert.Empty(again.Errors);
        Assert.Equal(json, DefinitionWriter.ToJson(again.Definitions!));
        Assert.Equal(example.Experiment(Example.Yaml).DefinitionHash, again.Definitions!.Experiments[0].DefinitionHash);
        using var document = JsonDocument.Parse(json);
        Assert.Equal("https://api.openai.com/v1", document.RootElement.GetProperty("upstreams").GetProperty("openai").GetProperty("baseUrl").GetString());
    }
}
