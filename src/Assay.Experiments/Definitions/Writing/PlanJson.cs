using System.Text.Json.Nodes;
using Assay.Experiments.Reading;

namespace Assay.Experiments.Writing;

internal static class PlanJson
{
    public static JsonObject Of(AnalysisPlan p) => new Fields
    {
        // Only where it says something: definitions from before there was a choice keep their hash.
        ["method"] = p.Method == PlanMethod.GroupSequential ? null : Names.PlanMethods.Of(p.Method),
        ["alpha"] = p.Alpha,
        ["power"] = p.Power,
        ["minimumEffect"] = p.MinimumEffect is not { } effect ? null : effect.IsRelative ? new JsonObject { ["relative"] = effect.Value } : effect.Value,
        ["baseline"] = p.Baseline,
        ["sd"] = p.StandardDeviation,
        ["looks"] = DefinitionJson.Array(p.Looks, l => l),
        ["spending"] = Spending(p.Spending, p.SpendingParameter),
        ["boundaries"] = DefinitionJson.Array(p.Boundaries, z => z),
        ["futility"] = Spending(p.Futility, p.FutilityParameter),
        ["correction"] = Names.Corrections.Of(p.Correction),
        ["primaryRule"] = Names.PrimaryRules.Of(p.PrimaryRule),
        ["bayesian"] = p.Bayesian is not { } bayesian ? null : new JsonObject { ["priors"] = new JsonObject(bayesian.Priors.Select(prior => KeyValuePair.Create<string, JsonNode?>(prior.Key, Prior(prior.Value)))) },
        ["minimumDays"] = p.MinimumDays,
        ["burnIn"] = Duration(p.BurnIn),
        ["covariate"] = p.Covariates.Length == 1 ? Covariate(p.Covariates[0]) : DefinitionJson.Array(p.Covariates, Covariate),
        // Only when it says something: definitions from before this key keep their hash.
        ["theta"] = p.Theta == ThetaKind.WithinArm || p.Covariates.IsEmpty ? null : Names.Thetas.Of(p.Theta),
        ["strata"] = DefinitionJson.Array(p.Strata, s => s),
    }.ToObject();

    private static JsonNode Covariate(Covariate c) => new Fields { ["attribute"] = c.Attribute, ["metric"] = c.Metric, ["before"] = Duration(c.Before) }.ToObject();

    private static JsonObject Prior(Prior prior) => prior.Kind switch
    {
        PriorKind.Beta => new() { ["alpha"] = prior.First, ["beta"] = prior.Second },
        PriorKind.Value => new() { ["mean"] = prior.First, ["sd"] = prior.Second },
        _ => new() { ["effect"] = prior.First, ["sd"] = prior.Second },
    };

    private static JsonNode? Spending(string? name, double? parameter) =>
        parameter is { } number ? new JsonObject { ["name"] = name, ["parameter"] = number } : name;

    public static JsonNode? Duration(TimeSpan? duration) => duration is { } d ? Scalars.DurationText(d) : null;
}
