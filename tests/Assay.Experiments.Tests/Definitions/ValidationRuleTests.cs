namespace Assay.Experiments.Tests.Definitions;

/// <summary>Each rule once: a small definition with one mistake, and the code, line and place it must be reported with.</summary>
public sealed class ValidationRuleTests : IDisposable
{
    private const string Base = """
        key: e1
        route: bot
        variants:
          - { key: a, weight: 1, model: m1 }
          - { key: b, weight: 1, model: m2 }
        metrics: { primary: resolution_rate }
        plan: { minimumEffect: 0.05 }
        ---
        upstreams: { up: { baseUrl: "http://h/v1" } }
        routes: { bot: { upstream: up } }
        """;

    private readonly Example example = new();

    public void Dispose() => example.Dispose();

    [Fact]
    public void Read_TheBase_HasNoProblem() => Assert.Empty(example.Read(Base).Problems);

    [Theory]
    // keys
    [InlineData("route: bot", "ruote: bot", "unknown-key", 2, "ruote", "did you mean 'route'?")]
    [InlineData("weight: 1, model: m1", "wieght: 1, model: m1", "unknown-key", 4, "variants[0].wieght", "did you mean 'weight'?")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, pover: 0.9", "unknown-key", 7, "plan.pover", "did you mean 'power'?")]
    [InlineData("baseUrl:", "key: sk-123, baseUrl:", "unknown-key", 9, "upstreams.up.key", "keyEnv")]
    [InlineData("route: bot", "route: bot\nroute: bot", "duplicate-key", 3, "route", "first on line 2")]
    [InlineData("key: e1", "key: Support Bot", "key-format", 1, "key", "lower-case")]
    [InlineData("route: bot", "unit: converstion", "unknown-value", 2, "unit", "did you mean 'conversation'?")]
    [InlineData("route: bot", "hash: sha1", "unknown-value", 2, "hash", null)]
    [InlineData("route: bot", "route: [bot]", "wrong-type", 2, "route", null)]
    [InlineData("route: bot", "route: bott", "unknown-route", 2, "route", "did you mean 'bot'?")]
    [InlineData("route: bot", "route: another-one-altogether", "no-upstream", 2, "route", null)]
    // variants
    [InlineData("  - { key: b, weight: 1, model: m2 }", "", "variants-few", 3, "variants", null)]
    [InlineData("key: b,", "key: a,", "duplicate-variant", 5, "variants[1].key", null)]
    [InlineData("key: b,", "key: 'b c',", "key-format", 5, "variants[1].key", null)]
    [InlineData("key: b,", "", "missing-key", 5, "variants[1].key", null)]
    [InlineData("model: m2", "model: m2, upstream: upp", "unknown-upstream", 5, "variants[1].upstream", "did you mean 'up'?")]
    [InlineData("model: m2", "parameters: { model: x }", "parameter-reserved", 5, "variants[1].parameters.model", "set the variant's model")]
    [InlineData("model: m2", "system: { file: none.md }", "file-not-found", 5, "variants[1].system.file", null)]
    [InlineData("model: m2", "system: { mode: prepend }", "system", 5, "variants[1].system", null)]
    [InlineData("model: m2", "system: { text: x, mode: prefix }", "unknown-value", 5, "variants[1].system.mode", null)]
    [InlineData("model: m2", "tools: none.json", "file-not-found", 5, "variants[1].tools", null)]
    [InlineData("model: m2", "tools: { a: 1 }", "wrong-type", 5, "variants[1].tools", null)]
    // weights
    [InlineData("b, weight: 1", "b, weight: -1", "out-of-range", 5, "variants[1].weight", null)]
    [InlineData("b, weight: 1", "b, weight: '1'", "wrong-type", 5, "variants[1].weight", "remove the quotes")]
    [InlineData("b, weight: 1", "b", "missing-key", 5, "variants[1].weight", null)]
    [InlineData("weight: 1,", "weight: 0.4,", "weights-sum", 3, "variants", "for ratios write whole numbers")]
    [InlineData("weight: 1,", "weight: 0,", "weights-zero", 3, "variants", null)]
    [InlineData("b, weight: 1", "b, ranges: [[0.5, 1.2]]", "range", 5, "variants[1].ranges[0]", null)]
    [InlineData("b, weight: 1", "b, ranges: [[0.7, 0.5]]", "range", 5, "variants[1].ranges[0]", null)]
    [InlineData("b, weight: 1", "b, ranges: [0.7, 0.5]", "range", 5, "variants[1].ranges[0]", null)]
    [InlineData("a, weight: 1, model: m1 }\n  - { key: b, weight: 1", "a, ranges: [[0, 0.5]], model: m1 }\n  - { key: b, ranges: [[0.4, 0.8]]", "ranges-overlap", 5, "variants[1].ranges", "variants[0]")]
    // audience and exposure
    [InlineData("route: bot", "audience: { where: \"plan = 'pro'\" }", "condition", 2, "audience.where", "column 6")]
    [InlineData("route: bot", "audience: { layer: l, layerRange: [0.5, 0.5] }", "range", 2, "audience.layerRange", null)]
    [InlineData("route: bot", "audience: { layerRange: [0, 0.5] }", "layer", 2, "audience.layerRange", null)]
    [InlineData("route: bot", "exposure: 5", "out-of-range", 2, "exposure", null)]
    [InlineData("route: bot", "exposure: half", "wrong-type", 2, "exposure", null)]
    // metrics
    [InlineData("primary: resolution_rate", "primary: resolution_rte", "unknown-metric", 6, "metrics.primary", "did you mean 'resolution_rate'?")]
    [InlineData("primary: resolution_rate", "primary: resolution_rate, secondary: [resolution_rate]", "duplicate-metric", 6, "metrics.secondary[0]", "already primary")]
    [InlineData("upstreams:", "metrics: { m: { type: proportion, better: higher } }\nupstreams:", "missing-key", 9, "metrics.m.event", null)]
    [InlineData("upstreams:", "metrics: { m: { type: share, event: e, better: higher } }\nupstreams:", "unknown-value", 9, "metrics.m.type", null)]
    [InlineData("upstreams:", "metrics: { m: { event: e, better: higher } }\nupstreams:", "missing-key", 9, "metrics.m.type", null)]
    [InlineData("upstreams:", "metrics: { m: { type: quantile, event: e, better: higher } }\nupstreams:", "missing-key", 9, "metrics.m.quantile", null)]
    [InlineData("upstreams:", "metrics: { m: { type: quantile, quantile: 95, event: e, better: higher } }\nupstreams:", "out-of-range", 9, "metrics.m.quantile", null)]
    [InlineData("upstreams:", "metrics: { m: { type: proportion, event: e, better: higher, cap: { percentile: 0.9 } } }\nupstreams:", "key-not-for-type", 9, "metrics.m.cap", "never capped")]
    [InlineData("upstreams:", "metrics: { m: { type: ratio, numerator: { event: e }, better: higher } }\nupstreams:", "missing-key", 9, "metrics.m.denominator", null)]
    [InlineData("upstreams:", "metrics: { m: { type: mean, event: e, better: higher, window: { from: 2d, to: 1d } } }\nupstreams:", "out-of-range", 9, "metrics.m.window.to", null)]
    [InlineData("upstreams:", "metrics: { m: { type: mean, event: e, better: higher, window: { to: 7 days } } }\nupstreams:", "duration", 9, "metrics.m.window.to", "7d")]
    [InlineData("upstreams:", "metrics: { m: { type: mean, event: e, better: higher, where: 'a =' } }\nupstreams:", "condition", 9, "metrics.m.where", null)]
    // plan
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, alpha: 5", "out-of-range", 7, "plan.alpha", "percentage")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, power: 1", "out-of-range", 7, "plan.power", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: -0.05", "out-of-range", 7, "plan.minimumEffect", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 5", "out-of-range", 7, "plan.minimumEffect", "5 points are 0.05")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, baseline: 60", "out-of-range", 7, "plan.baseline", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, baseline: 0.97", "out-of-range", 7, "plan.minimumEffect", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, looks: 0", "out-of-range", 7, "plan.looks", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, looks: [0.5, 0.4, 1]", "out-of-range", 7, "plan.looks", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, looks: [0.5, 0.9]", "out-of-range", 7, "plan.looks", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, looks: 2, spending: obrien-flemming", "unknown-value", 7, "plan.spending", "did you mean 'obrien-fleming'?")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, looks: 2, boundaries: [2.1]", "plan", 7, "plan.boundaries", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, correction: fdr", "unknown-value", 7, "plan.correction", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, burnIn: 1y", "duration", 7, "plan.burnIn", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, minimumDays: 1.5", "out-of-range", 7, "plan.minimumDays", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: { metric: csat }", "missing-key", 7, "plan.covariate.before", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: { metric: csatt, before: 7d }", "unknown-metric", 7, "plan.covariate.metric", "did you mean 'csat'?")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: { attribute: a, metric: csat, before: 7d }", "covariate", 7, "plan.covariate", null)]
    [InlineData("route: bot", "unit: user", "window-missing", 6, "metrics.primary", null, "plan: { looks: 4,")]
    // segments, guardrails, rollout
    [InlineData("plan:", "segments: [plan, plan]\nplan:", "duplicate-segment", 7, "segments[1]", null)]
    [InlineData("plan:", "segments: [{ attribute: plan, critical: { pro: { maxLoss: -1 } } }]\nplan:", "out-of-range", 7, "segments[0].critical.pro.maxLoss", null)]
    [InlineData("plan:", "guardrails:\n  - { metric: latency_95, max: 3000 }\nplan:", "unknown-metric", 8, "guardrails[0].metric", "did you mean 'latency_p95'?")]
    [InlineData("plan:", "guardrails:\n  - { metric: error_rate, max: 5 }\nplan:", "out-of-range", 8, "guardrails[0].max", "percentage")]
    [InlineData("plan:", "guardrails:\n  - { metric: csat, max: 1, min: 2 }\nplan:", "out-of-range", 8, "guardrails[0].max", null)]
    [InlineData("plan:", "guardrails:\n  - { metric: csat, min: 2, action: stop }\nplan:", "unknown-value", 8, "guardrails[0].action", null)]
    [InlineData("plan:", "guardrails:\n  - { metric: csat, min: 2, cache: hot }\nplan:", "unknown-value", 8, "guardrails[0].cache", null)]
    [InlineData("plan:", "guardrails:\n  - { max: 2 }\nplan:", "missing-key", 8, "guardrails[0].metric", null)]
    [InlineData("plan:", "rollout:\n  - { stage: cannary }\nplan:", "unknown-value", 8, "rollout[0].stage", "did you mean 'canary'?")]
    [InlineData("plan:", "rollout:\n  - { stage: ab }\n  - { stage: canary }\nplan:", "rollout-order", 9, "rollout[1].stage", null)]
    [InlineData("plan:", "rollout:\n  - { stage: canary, exposure: 0.5 }\n  - { stage: ab, exposure: 0.1 }\nplan:", "rollout-order", 9, "rollout[1].exposure", null)]
    [InlineData("plan:", "rollout:\n  - { stage: shadow, exposure: 0.5 }\nplan:", "key-not-for-type", 8, "rollout[0].exposure", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: { attribute: answer_length }", "covariate", 7, "plan.covariate.attribute", "after the exposure")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: { attribute: servedModel }", "covariate", 7, "plan.covariate.attribute", "after the exposure")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: { metric: latency_p95, before: 7d }", "covariate", 7, "plan.covariate.metric", "no single number")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: [{ attribute: age }, { attribute: turns }]", "covariate", 7, "plan.covariate[1].attribute", "after the exposure")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: [{ attribute: age }, { attribute: age }]", "duplicate-covariate", 7, "plan.covariate[1]", "twice")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: [age]", "wrong-type", 7, "plan.covariate[0]", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: { attribute: age }, theta: pooled", "unknown-value", 7, "plan.theta", "within-arm")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, strata: [plan, cache_hit]", "covariate", 7, "plan.strata[1]", "after the exposure")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, strata: [plan, plan]", "duplicate-stratum", 7, "plan.strata[1]", "twice")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, strata: [{ attribute: plan }]", "wrong-type", 7, "plan.strata[0]", null)]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, strata: [a, b, c, d, e]", "strata", 7, "plan.strata", "too few units")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, strata: [plan], covariate: { attribute: age }", "strata", 7, "plan.strata", "either")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, looks: 4, futility: pocok", "unknown-value", 7, "plan.futility", "did you mean 'pocock'?")]
    // reserved: ignoring these would change who gets what
    [InlineData("route: bot", "allocation: { kind: bandit }", "not-yet-supported", 2, "allocation", null)]
    [InlineData("route: bot", "holdout: 0.1", "not-yet-supported", 2, "holdout", null)]
    [InlineData("route: bot", "forced: { u: a }", "not-yet-supported", 2, "forced", null)]
    [InlineData("route: bot", "prerequisites: [x]", "not-yet-supported", 2, "prerequisites", null)]
    [InlineData("route: bot", "schedule: { start: x }", "not-yet-supported", 2, "schedule", null)]
    [InlineData("route: bot", "design: interleaving", "not-yet-supported", 2, "design", null)]
    // routing and data
    [InlineData("upstream: up }", "upstream: upp }", "unknown-upstream", 10, "routes.bot.upstream", "did you mean 'up'?")]
    [InlineData("http://h/v1", "h/v1", "url", 9, "upstreams.up.baseUrl", null)]
    [InlineData("routes:", "prices: { m: { inputPer1M: -1 } }\nroutes:", "out-of-range", 10, "prices.m.inputPer1M", null)]
    [InlineData("routes:", "prices: { m: { inputPer1M: 1, from: yesterday } }\nroutes:", "date", 10, "prices.m.from", null)]
    [InlineData("routes:", "data: { unit: id, metrics: { m: { type: proportion, column: c } } }\nroutes:", "missing-key", 10, "data.variant", null)]
    [InlineData("routes:", "data: { unit: id, variant: v, metrics: { m: { type: proportion } } }\nroutes:", "missing-key", 10, "data.metrics.m.column", null)]
    [InlineData("routes:", "data: { unit: id, variant: v, variants: { a: x, b: x } }\nroutes:", "duplicate-variant", 10, "data.variants", null)]
    [InlineData("routes:", "data: { variant: v, columns: { unit: u, metric: m } }\nroutes:", "missing-key", 10, "data.columns.value", null)]
    public void Read_OneMistake_IsReportedWhereItStands(string replace, string by, string code, int line, string path, string? said, string? plan = null)
    {
        var result = example.Read(Changed(replace, by, plan));

        Assert.Null(result.Definitions);
        var error = Assert.Single(result.Errors);
        Assert.Equal((code, "exp.yaml", line, path), (error.Code, error.File, error.Line, error.Path));
        if (said is not null) Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"exp.yaml:{line}: error: ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resolution_rate: { alpha: 6, beta: 4 }", null)]
    [InlineData("", null)]
    [InlineData("resolution_rate: { mean: 0.6, sd: 0.1 }", "needs a beta prior")]
    [InlineData("resolution_rate: { alpha: 6, beta: 4, sd: 1 }", "must have one form")]
    [InlineData("resolution_rate: { alpha: 6 }", "beta is missing")]
    [InlineData("resolution_rate: { alpha: 0, beta: 4 }", "alpha must be positive")]
    [InlineData("resolution_rat: { alpha: 6, beta: 4 }", "did you mean 'resolution_rate'?")]
    [InlineData("resolution_rate: { alpha: 6, beto: 4 }", "did you mean 'beta'?")]
    public void Read_BayesianPriors_AreReadOrSaidToBeWrong(string priors, string? said)
    {
        var result = example.Read(Changed("minimumEffect: 0.05", $"minimumEffect: 0.05, bayesian: {{ priors: {{ {priors} }} }}", null));
        if (said is not null) Assert.Contains(result.Errors, e => e.ToString().Contains(said, StringComparison.Ordinal));
        else Assert.Equal(priors.Length > 0 ? 1 : 0, result.Definitions!.Experiments[0].Plan.Bayesian!.Priors.Count);
    }

    [Theory]
    [InlineData("csat", "csat: { mean: 4, sd: 0.5 }", PriorKind.Value)]
    [InlineData("csat", "csat: { effect: 0, sd: 0.2 }", PriorKind.Effect)]
    public void Read_BayesianPriorOfAMean_IsOfTheArmsOrOfTheDifference(string primary, string priors, PriorKind kind)
    {
        var result = example.Read(Changed("primary: resolution_rate", $"primary: {primary}", null).Replace("minimumEffect: 0.05", $"minimumEffect: 0.05, bayesian: {{ priors: {{ {priors} }} }}", StringComparison.Ordinal));
        Assert.Equal(kind, result.Definitions!.Experiments[0].Plan.Bayesian!.Priors["csat"].Kind);
    }

    [Fact]
    public void Read_Bayesian_IsPartOfTheHash()
    {
        string Hash(string plan) => example.Read(Changed("minimumEffect: 0.05", plan, null)).Definitions!.Experiments[0].DefinitionHash;
        string[] hashes = [Hash("minimumEffect: 0.05"), Hash("minimumEffect: 0.05, bayesian: {}"), Hash("minimumEffect: 0.05, bayesian: { priors: { resolution_rate: { alpha: 6, beta: 4 } } }")];
        Assert.Equal(3, hashes.Distinct().Count());
        Assert.Equal(hashes[1], Hash("minimumEffect: 0.05, bayesian:"));
    }

    [Fact]
    public void Read_HybridWithLooks_ReportsEveryKeyThatMakesNoSense()
    {
        var errors = example.Read(Changed("minimumEffect: 0.05", "method: hybrid, looks: 4, spending: pocock, futility: pocock", null)).Errors.Where(e => e.Code == "plan-method").ToArray();
        Assert.Equal(["plan.looks", "plan.spending", "plan.futility", "plan.method", "plan.method"], errors.Select(e => e.Path));
        Assert.All(errors, e => Assert.NotNull(e.Hint));
        Assert.Contains(errors, e => e.Message.Contains("minimumEffect is missing", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Message.Contains("baseline is missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("primary: latency_p95", "minimumEffect: 50, sd: 900", "no bound that may be looked at all the time")]
    [InlineData("primary: csat", "minimumEffect: 0.1", "sd is missing")]
    [InlineData("primary: resolution_rate", "minimumEffect: 0.05, baseline: 0", "from a baseline of 0 or 1")]
    [InlineData("primary: resolution_rate", "minimumEffect: 0.05, baseline: 0.6, boundaries: [2]", "nothing for boundaries to do")]
    public void Read_HybridThatCannotWork_SaysWhy(string primary, string plan, string said)
    {
        var result = example.Read(Changed("primary: resolution_rate", primary, null).Replace("minimumEffect: 0.05 }", $"method: hybrid, {plan} }}", StringComparison.Ordinal));
        Assert.Contains(result.Errors, e => e.Code == "plan-method" && e.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Hybrid_IsPartOfTheHashAndTheDefaultIsNot()
    {
        string Hash(string plan) => example.Read(Changed("minimumEffect: 0.05", plan, null)).Definitions!.Experiments[0].DefinitionHash;
        Assert.Equal(Hash("minimumEffect: 0.05, baseline: 0.6"), Hash("method: group-sequential, minimumEffect: 0.05, baseline: 0.6"));
        Assert.NotEqual(Hash("minimumEffect: 0.05, baseline: 0.6"), Hash("method: hybrid, minimumEffect: 0.05, baseline: 0.6"));
    }

    [Theory]
    [InlineData("route: bot", "salt: ''\nroute: bot", "salt-empty", 2, "choosing.md#salt")]
    [InlineData("plan: { minimumEffect: 0.05 }", "plan: { alpha: 0.01 }", "minimum-effect", 7, "choosing.md#minimum-effect")]
    [InlineData("metrics: { primary: resolution_rate }", "metrics: { secondary: [csat] }", "no-primary", 6, "choosing.md#which-metrics")]
    [InlineData("primary: resolution_rate", "primary: resolution_rate, guardrails: [error_rate]", "guardrail-limit", 6, "can only warn")]
    [InlineData("plan:", "guardrails:\n  - { metric: csat }\nplan:", "guardrail-limit", 8, "can only warn")]
    [InlineData("plan:", "guardrails:\n  - { metric: latency_p95, maxRelativeToControl: 1.2, method: sequential }\nplan:", "guardrail-waits", 8, "the planned end only")]
    [InlineData("plan:", "guardrails:\n  - { metric: csat, min: 1, limitFrom: { baseline: 14d, percentile: 0.99 } }\nplan:", "not-yet-supported", 8, "has no effect")]
    [InlineData("model: m2", "model: m2, parameters: { temperature: 1 }", "variants-differ", 3, "model, parameters")]
    [InlineData("model: m2", "model: m1", "variants-same", 3, "A/A")]
    [InlineData("b, weight: 1", "b, weight: 0", "weight-zero", 5, "no units")]
    [InlineData("route: bot", "exposure: 0\nroute: bot", "exposure-zero", 2, "no unit enters")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, spending: pocock", "plan-looks", 7, "one look")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, futility: pocock", "plan-looks", 7, "give up")]
    [InlineData("minimumEffect: 0.05", "minimumEffect: 0.05, covariate: { metric: csat, before: 7d }", "covariate-no-past", 7, "has no past")]
    [InlineData("route: bot", "evaluate: []\nroute: bot", "not-yet-supported", 0, null)]
    [InlineData("route: bot", "inline: { a: 1 }\nroute: bot", "not-yet-supported", 2, "has no effect")]
    [InlineData("route: bot", "store: { a: 1 }\nroute: bot", "not-yet-supported", 2, "has no effect")]
    [InlineData("route: bot", "notify: { a: 1 }\nroute: bot", "not-yet-supported", 2, "has no effect")]
    [InlineData("upstreams:", "metrics: { m: { type: mean, event: e } }\nupstreams:", "better-missing", 9, "higher is taken")]
    [InlineData("route: bot", "route: another-one-altogether", "unknown-route", 2, "the control is served", "upstream: up, model: m")]
    [InlineData("routes:", "prices: { m: { cachedInputPer1M: 1 } }\nroutes:", "price-empty", 10, "not estimable")]
    public void Read_DoubtfulChoice_WarnsAndStillReads(string replace, string by, string code, int line, string? said, string? model = null)
    {
        var text = Changed(replace, by, null);
        var result = example.Read(model is null ? text : text.Replace("model: m", model, StringComparison.Ordinal));

        Assert.NotNull(result.Definitions);
        var warning = Assert.Single(result.Problems);
        Assert.Equal(ProblemSeverity.Warning, warning.Severity);
        Assert.Equal(code, warning.Code);
        if (line > 0) Assert.Equal(line, warning.Line);
        if (said is not null) Assert.Contains(said, warning.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unit: request\nroute: bot", "unit-request", "invalid for stateful conversations")]
    [InlineData("unit: session\nroute: bot", "unit-session", "choosing.md#which-unit")]
    public void Read_UnitThatSplitsThreads_WarnsBesideTheMissingWindow(string by, string code, string said)
    {
        var result = example.Read(Changed("route: bot", by, null));

        Assert.NotNull(result.Definitions);
        Assert.Equal([code, "window-missing"], result.Problems.Select(p => p.Code));
        Assert.Equal(2, result.Problems[0].Line);
        Assert.Contains(said, result.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LayerSharedAcrossHashes_IsAnError()
    {
        const string one = "key: KEY\nhash: HASH\naudience: { layer: l, layerRange: [0, 0.5] }\nvariants: [ { key: a }, { key: b, model: m } ]\n";
        string Text(string key, string hash) => one.Replace("KEY", key, StringComparison.Ordinal).Replace("HASH", hash, StringComparison.Ordinal);
        var error = Assert.Single(example.Read(Text("a", "sha256") + "---\n" + Text("b", "growthbook-v2")).Errors);
        Assert.Equal(("layer-hash", 8, "audience"), (error.Code, error.Line, error.Path));
        Assert.Empty(example.Read(Text("a", "sha256") + "---\n" + Text("b", "md5-10000")).Errors);
    }

    [Fact]
    public void Read_AnotherUpstreamAndItsModel_IsOneChange() =>
        Assert.Empty(example.Read(Changed("model: m2", "model: m2, upstream: up", null)).Problems);

    [Fact]
    public void Read_ManyMistakes_ReportsAllInOrderOfLines()
    {
        var result = example.Read(Changed("weight: 1", "weight: -1", null).Replace("key: e1", "kye: e1", StringComparison.Ordinal).Replace("0.05", "5", StringComparison.Ordinal));

        Assert.Equal(["unknown-key", "out-of-range", "out-of-range", "out-of-range"], result.Errors.Select(e => e.Code));
        Assert.Equal(result.Errors.Select(e => e.Line).Order(), result.Errors.Select(e => e.Line));
    }

    private static string Changed(string replace, string by, string? plan)
    {
        Assert.Contains(replace, Base, StringComparison.Ordinal);
        var text = Base.Replace(replace, by, StringComparison.Ordinal);
        return plan is null ? text : text.Replace("plan: {", plan, StringComparison.Ordinal);
    }
}
