using System.Globalization;

namespace Assay.Experiments.Reading;

/// <summary>Warnings about choices that are allowed and often regretted; each links to the page that explains the choice.</summary>
internal static class ExperimentAdvice
{
    public static void Give(Section item, Experiment experiment, DefinitionContext context)
    {
        if (experiment is { Unit: UnitKind.Request, Route: not null })
            item.Warning("unit-request", "unit", "unit: request is invalid for stateful conversations: turns of one thread would meet different variants", Source.Choosing + "which-unit");
        if (experiment.Unit == UnitKind.Session)
            item.Warning("unit-session", "unit", "unit: session may show both variants to one user, in different sessions", Source.Choosing + "which-unit");
        if (experiment.Salt.Length == 0)
            item.Warning("salt-empty", "salt", "an empty salt makes experiments correlate: the same units meet the same buckets everywhere", Source.Choosing + "salt");
        if (experiment.Plan.MinimumEffect is null)
            item.Source.Warning("minimum-effect", item.LineOf("plan"), "plan.minimumEffect", "without minimumEffect the plan cannot be sized, and the verdict can never be no-difference", Source.Choosing + "minimum-effect");
        if (experiment.Exposure == 0)
            item.Warning("exposure-zero", "exposure", "exposure 0: no unit enters");
        NotActedOn(item, experiment);
        Route(item, experiment, context);
        Differences(item, experiment);
    }

    /// <summary>What is read, hashed and kept, and acted on by nothing yet: whoever relies on it must learn so before the start.</summary>
    private static void NotActedOn(Section item, Experiment experiment)
    {
        var plan = experiment.Plan;
        if (experiment.Rollout.Any(s => s is { Skip: null, Stage: not "ab" } or { Exposure: < 1 }))
            item.Warning("not-yet-supported", "rollout", string.Create(CultureInfo.InvariantCulture, $"the stages of a rollout are not carried out yet: from the start {experiment.Exposure * 100:0.##} % of the eligible units are exposed"), "for a canary set exposure");
        if (experiment.Guardrails.Any(g => g is not { Action: GuardrailAction.Alert, Window: null, Consecutive: 1, Cache: null }))
            item.Warning("not-yet-supported", "guardrails", "window, consecutive, cache and action of guardrails have no effect yet; limits are judged at registered looks and the planned end, those with method: sequential at every report");
        if (plan.Covariates.Any(c => c.Metric is not null) && experiment.Unit is UnitKind.Request or UnitKind.Conversation)
            item.Source.Warning("covariate-no-past", item.LineOf("plan"), "plan.covariate", $"a {Names.Units.Of(experiment.Unit)} has no past: a metric before its first exposure is known of none", "give an attribute instead, or randomise users");
    }

    private static void Route(Section item, Experiment experiment, DefinitionContext context)
    {
        if (experiment.Route is not { } route) return;
        var isKnown = context.RouteNames.Contains(route, StringComparer.Ordinal) || context.Broken.Contains("route " + route);
        if (isKnown) return;
        if (Suggestions.Nearest(route, context.RouteNames) is { } nearest)
        {
            item.Error("unknown-route", "route", $"there is no route '{route}'", $"did you mean '{nearest}'?");
            return;
        }
        var unserved = experiment.Variants.Where(v => v.Upstream is null).Select(v => $"'{v.Key}'").ToArray();
        if (context.KnowsUpstreams && unserved.Length > 0)
            item.Error("no-upstream", "route", $"nothing serves {string.Join(", ", unserved)}: no upstream is named, and there is no route '{route}'");
        else if (context.KnowsRoutes)
            item.Warning("unknown-route", "route", $"there is no route '{route}': outside the experiment the control is served");
    }

    private static void Differences(Section item, Experiment experiment)
    {
        foreach (var treatment in experiment.Variants.Skip(1))
        {
            var differences = VariantDifference.Between(experiment.Control, treatment);
            if (differences.IsEmpty)
                item.Warning("variants-same", "variants", $"'{treatment.Key}' does not differ from the control: this is an A/A test");
            // Another upstream nearly always means another name for the model: together they are one change.
            else if (differences.Count(d => d.Field != "upstream" || differences.Length == 1) > 1)
                item.Warning("variants-differ", "variants", $"'{treatment.Key}' differs from the control in {string.Join(", ", differences.Select(d => d.Field))}: an effect could not be traced to one of them", Source.Choosing + "one-change");
        }
    }
}
