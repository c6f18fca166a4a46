namespace Assay.Experiments.Tests.Definitions;

/// <summary>A support-bot definition with most keys, its referenced files in a folder of its own.</summary>
internal sealed class Example : IDisposable
{
    public const string Yaml = """
        key: support-prompt
        hypothesis: Citing the policy and using the customer's name raises resolution by 5 points.
        owner: support-ai
        unit: conversation
        route: support-bot
        hash: sha256
        variants:
          - { key: control,   weight: 0.5, upstream: openai, model: gpt-4o-mini, system: "Be helpful." }
          - key: treatment
            weight: 0.5
            upstream: openai
            model: gpt-4o-mini
            system: { file: prompts/b.md, mode: replace }
            promptVersion: b7
            parameters: { temperature: 0.3 }
            tools: tools.json
            config: { retrievalK: 5, embeddingModel: e5 }
        audience: { where: "plan == 'pro' and country in ['DE','FR']", layer: support, layerRange: [0, 0.5] }
        exposure: 1.0
        metrics: { primary: resolution, guardrails: [latency_p95, error_rate, cost_per_resolved], secondary: [csat, output_tokens] }
        plan:
          alpha: 0.05
          power: 0.8
          minimumEffect: 0.05
          baseline: 0.60
          looks: 4
          spending: obrien-fleming
          correction: benjamini-hochberg
          primaryRule: all
          minimumDays: 7
          burnIn: 0d
          covariate: { attribute: pre_resolution }
        segments: [ { attribute: plan, critical: { enterprise: { maxLoss: 0.02 } } }, device ]
        guardrails:
          - { metric: latency_p95, max: 3000, window: 10m, consecutive: 2, action: pause }
          - { metric: error_rate, maxRelativeToControl: 1.5, method: sequential, action: rollback }
        rollout:
          - { stage: offline, suite: golden/support.yaml }
          - { stage: shadow, skip: "copy change, low risk" }
          - { stage: canary, exposure: 0.05, for: 24h }
          - { stage: ab, exposure: 1.0, until: planned }
        ---
        metrics:
          resolution:        { type: proportion, event: resolved, better: higher }
          csat:              { type: mean, event: csat, better: higher, cap: { percentile: 0.99 } }
          latency_p95:       { type: quantile, quantile: 0.95, event: generation, value: latencyMs, better: lower }
          cost_per_resolved: { type: ratio, numerator: { event: generation, value: costUsd }, denominator: { event: resolved }, better: lower }
        ---
        upstreams: { openai: { baseUrl: https://api.openai.com/v1, keyEnv: OPENAI_API_KEY }, vllm: { baseUrl: http://gpu:8000/v1 } }
        routes: { support-bot: { upstream: openai, model: gpt-4o-mini } }
        prices: { gpt-4o-mini: { inputPer1M: 0.15, cachedInputPer1M: 0.075, outputPer1M: 0.60, from: 2024-07-18 }, my-ft: { gpuUsdPerHour: 2.5 } }
        """;

    public Example()
    {
        Write("prompts/b.md", "Be helpful, cite the policy, {{name}}.\n");
        Write("tools.json", """[{"type":"function","function":{"name":"lookup"}}]""");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("assay-definitions-").FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public DefinitionResult Read(string yaml) => DefinitionReader.ReadText(yaml, "exp.yaml", Folder);

    /// <summary>The experiment of a text that must be without errors.</summary>
    public Experiment Experiment(string yaml)
    {
        var result = Read(yaml);
        Assert.Empty(result.Errors);
        return Assert.Single(result.Definitions!.Experiments);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
