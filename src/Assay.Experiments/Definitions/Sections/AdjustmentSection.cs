using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>The keys of a plan that say what was known of the units before: <c>covariate</c>, <c>theta</c> and <c>strata</c>.</summary>
internal static class AdjustmentSection
{
    // Each costs an estimated coefficient, and every pair a covariance per metric, arm and segment.
    private const int MostCovariates = 8, MostStrata = 4;

    public static ImmutableArray<Covariate> Covariates(Section plan, DefinitionContext context)
    {
        var covariates = ImmutableArray.CreateBuilder<Covariate>();
        foreach (var (node, path) in plan.List("covariate", orOne: true))
        {
            if (Section.Of(node, path, plan.Source) is not { } item || One(item, context) is not { } covariate) continue;
            if (covariates.Any(c => c.Attribute == covariate.Attribute && c.Metric == covariate.Metric && c.Before == covariate.Before))
                plan.Source.Error("duplicate-covariate", node.Line, path, $"the covariate '{covariate.Attribute ?? covariate.Metric}' stands here twice");
            covariates.Add(covariate);
        }
        if (covariates.Count > MostCovariates) plan.Error("covariate", "covariate", $"more than {MostCovariates} covariates are not a plan: take those that predict the metric best");
        return covariates.ToImmutable();
    }

    public static ThetaKind Theta(Section plan)
    {
        var theta = plan.OneOf("theta", Names.Thetas);
        if (theta is not null && !plan.Has("covariate")) plan.Warning("plan-theta", "theta", "without a covariate there is no theta");
        return theta ?? ThetaKind.WithinArm;
    }

    public static ImmutableArray<string> Strata(Section plan)
    {
        var strata = ImmutableArray.CreateBuilder<string>();
        foreach (var (node, path) in plan.List("strata", orOne: true))
        {
            if (Section.Text(node, path, plan.Source) is not { } attribute) continue;
            if (string.IsNullOrWhiteSpace(attribute)) plan.Source.Error("strata", node.Line, path, "a stratum is named by an attribute", "strata: [plan, country]");
            else if (IsKnownOnlyLater(attribute)) Later(plan.Source, node.Line, path, attribute, "strata must be known before: attributes of the unit, such as its plan or country");
            if (strata.Contains(attribute)) plan.Source.Error("duplicate-stratum", node.Line, path, $"the attribute '{attribute}' stands here twice");
            strata.Add(attribute);
        }
        if (strata.Count > MostStrata) plan.Error("strata", "strata", $"strata are all combinations of the attributes' values: more than {MostStrata} attributes leave too few units in each");
        if (strata.Count > 0 && plan.Has("covariate"))
            plan.Error("strata", "strata", "give either strata or a covariate: both adjust for what was known before", "a number, or a yes or no, can be one more covariate: covariate: [{ attribute: … }, { attribute: … }]");
        return strata.ToImmutable();
    }

    private static Covariate? One(Section covariate, DefinitionContext context)
    {
        var (attribute, metric, before) = (covariate.Text("attribute"), covariate.Text("metric"), covariate.Duration("before"));
        if (attribute is null == metric is null) covariate.Source.Error("covariate", covariate.Line, covariate.Path, "a covariate is either an attribute, or a metric and before");
        if (metric is not null && before is null && !covariate.Has("before")) covariate.Missing("before", "how long before the first exposure, for example 14d");
        var definition = metric is null ? null : context.Resolve(metric, covariate.Source, covariate.LineOf("metric"), covariate.PathOf("metric"));
        if (attribute is not null && IsKnownOnlyLater(attribute))
            Later(covariate.Source, covariate.LineOf("attribute"), covariate.PathOf("attribute"), attribute, "a covariate must be known before: an attribute of the unit, or { metric: …, before: 14d }");
        if (definition is { Type: MetricType.Ratio or MetricType.Quantile })
            covariate.Error("covariate", "metric", $"the {(definition.Type == MetricType.Ratio ? "ratio" : "quantile")} '{metric}' is no single number per unit", "take a proportion, a mean or a count");
        covariate.Finish();
        return new Covariate(attribute, metric, before) { Definition = definition };
    }

    private static void Later(Source source, int line, string path, string attribute, string hint) =>
        source.Error("covariate", line, path, $"'{attribute}' comes about after the exposure, so the treatment can touch it", hint);

    /// <summary>Names of what a generation measures: turns, lengths, times, the model that served, the cache.</summary>
    private static bool IsKnownOnlyLater(string attribute) => KnownOnlyLater.Contains(attribute.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal));

    private static readonly HashSet<string> KnownOnlyLater = new(StringComparer.OrdinalIgnoreCase)
    {
        "turn", "turns", "turnCount", "answerLength", "responseLength", "outputTokens", "inputTokens", "cachedInputTokens", "toolCalls", "latencyMs", "latency", "ttftMs", "ttft",
        "tpotMs", "itlP95Ms", "costUsd", "cost", "servedModel", "cache", "cacheHit", "status", "errorCode", "finishReason", "refusal", "fallbackReason",
    };
}
