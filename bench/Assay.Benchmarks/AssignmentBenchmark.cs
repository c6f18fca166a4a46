using System.Text.Json;
using Assay.Experiments;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Assay.Benchmarks;

/// <summary>One decision for one user out of 1,024, 50/50, no audience: Assay's hashes beside the variant allocation by percentile of Microsoft.FeatureManagement.</summary>
[MemoryDiagnoser]
public class AssignmentBenchmark
{
    private readonly string[] units = [.. Enumerable.Range(0, 1024).Select(i => $"conversation-{i:0000}")];
    private readonly TargetingContext[] contexts;
    private readonly ExperimentAssigner sha256 = Assigner("sha256", "");
    private readonly ExperimentAssigner growthBook = Assigner("growthbook-v2", "");
    private readonly ExperimentAssigner md5 = Assigner("md5-10000", "");
    private readonly ExperimentAssigner partial = Assigner("sha256", "exposure: 0.5\naudience: { where: \"plan == 'pro' and country in ['DE','FR']\" }");
    private readonly UnitAttributes attributes = new(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"plan":"pro","country":"FR"}"""));
    private readonly FeatureManager featureManager;
    private int next;

    public AssignmentBenchmark()
    {
        contexts = [.. units.Select(u => new TargetingContext { UserId = u })];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["feature_management:feature_flags:0:id"] = "prompt",
            ["feature_management:feature_flags:0:enabled"] = "true",
            ["feature_management:feature_flags:0:variants:0:name"] = "control",
            ["feature_management:feature_flags:0:variants:1:name"] = "treatment",
            ["feature_management:feature_flags:0:allocation:seed"] = "prompt",
            ["feature_management:feature_flags:0:allocation:percentile:0:variant"] = "control",
            ["feature_management:feature_flags:0:allocation:percentile:0:from"] = "0",
            ["feature_management:feature_flags:0:allocation:percentile:0:to"] = "50",
            ["feature_management:feature_flags:0:allocation:percentile:1:variant"] = "treatment",
            ["feature_management:feature_flags:0:allocation:percentile:1:from"] = "50",
            ["feature_management:feature_flags:0:allocation:percentile:1:to"] = "100",
        }).Build();
        featureManager = new FeatureManager(new ConfigurationFeatureDefinitionProvider(configuration)) { FeatureFilters = [] };
    }

    /// <summary>Both must split the units, or the comparison is of nothing.</summary>
    [GlobalSetup]
    public async Task CheckAsync()
    {
        var (ours, theirs) = (0, 0);
        for (var i = 0; i < units.Length; i++)
        {
            ours += sha256.Decide(units[i], default).VariantIndex;
            var variant = await featureManager.GetVariantAsync("prompt", contexts[i], CancellationToken.None);
            theirs += variant.Name == "treatment" ? 1 : 0;
        }
        if (ours is < 400 or > 624 || theirs is < 400 or > 624) throw new InvalidOperationException($"not split: {ours} and {theirs} of {units.Length}");
    }

    [Benchmark(Baseline = true, Description = "FeatureManagement GetVariantAsync")]
    public async Task<Microsoft.FeatureManagement.Variant?> FeatureManagementAsync() => await featureManager.GetVariantAsync("prompt", contexts[Next()], CancellationToken.None);

    [Benchmark(Description = "Assay sha256")]
    public AssignmentDecision Sha256() => sha256.Decide(units[Next()], default);

    [Benchmark(Description = "Assay sha256, audience, exposure 50 %")]
    public AssignmentDecision Sha256WithAudience() => partial.Decide(units[Next()], attributes);

    [Benchmark(Description = "Assay md5-10000")]
    public AssignmentDecision Md5() => md5.Decide(units[Next()], default);

    [Benchmark(Description = "Assay growthbook-v2")]
    public AssignmentDecision GrowthBook() => growthBook.Decide(units[Next()], default);

    private int Next() => next = (next + 1) & 1023;

    private static ExperimentAssigner Assigner(string hash, string more)
    {
        var result = DefinitionReader.ReadText($"key: prompt\nhash: {hash}\nvariants: [ {{ key: control }}, {{ key: treatment, model: x }} ]\n{more}");
        return new ExperimentAssigner(result.Definitions!.Experiments[0]);
    }
}
