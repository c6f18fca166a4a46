namespace Assay.Gateway;

/// <summary>Decides how a request is served. Pure but for the log: the same request on the same snapshot gets the same plan. Never throws for experiment code.</summary>
internal sealed class ServingPlanner(ExposureRecorder exposures, GatewayLog log)
{
    public ServingPlan Plan(GatewaySnapshot snapshot, ServedRoute route, ChatRequest request, in RequestUnits units, in RequestContext context)
    {
        var plan = new ServingPlan { Route = route, AsksForJson = request.AsksForJson };
        if (context.Problem is { } problem) plan.FallBack(problem);
        try
        {
            Fill(plan, snapshot, request, units, context);
            return plan;
        }
#pragma warning disable CA1031 // Experiment code never fails a user's request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.ExperimentFailed(e, string.Join(',', route.Experiments.Select(x => x.Key)));
            return ControlOf(snapshot, plan, request, context);
        }
    }

    private void Fill(ServingPlan plan, GatewaySnapshot snapshot, ChatRequest request, in RequestUnits units, in RequestContext context)
    {
        var route = plan.Route;
        var overlays = new List<Serving>(route.Experiments.Length);
        foreach (var experiment in route.Experiments)
        {
            if (experiment.Decide is not null)
            {
                if (Decide(experiment, request, units, context, plan, out var failed) is { } assigned)
                {
                    if (!assigned.ServesControl && !IsServable(snapshot, route, experiment, assigned.Overlay))
                    {
                        assigned.ServesControl = true;
                        assigned.Reason = Reasons.Error;
                        plan.FallBack("error: the variant's upstream cannot be used");
                    }
                    plan.Assigned.Add(assigned);
                    overlays.Add(new Serving(experiment, assigned.ServesControl ? experiment.Control : assigned.Overlay, assigned));
                }
                else if (failed || route.Declared is null)
                {
                    overlays.Add(new Serving(experiment, experiment.Control, null));
                }
            }
            else if (experiment.Chosen is { } chosen) overlays.Add(new Serving(experiment, chosen, null));
            else if (route.Declared is null) overlays.Add(new Serving(experiment, experiment.Control, null));
        }
        Resolve(snapshot, plan, overlays);
        foreach (var serving in overlays) Apply(plan, serving, context);
    }

    /// <summary>The control in every assigned experiment's place, after the variant could not be applied; when the control cannot either, the request as it came.</summary>
    public static ServingPlan ControlOf(GatewaySnapshot snapshot, ServingPlan failed, ChatRequest request, in RequestContext context)
    {
        var plan = new ServingPlan { Route = failed.Route, AsksForJson = request.AsksForJson };
        plan.FallBack(failed.FallbackReason ?? "error: the variant could not be applied");
        var overlays = new List<Serving>();
        foreach (var assigned in failed.Assigned)
        {
            assigned.ServesControl = true;
            assigned.Reason = Reasons.Error;
            plan.Assigned.Add(assigned);
            overlays.Add(new Serving(assigned.Experiment, assigned.Experiment.Control, null));
        }
        Resolve(snapshot, plan, overlays);
        try
        {
            foreach (var serving in overlays) Apply(plan, serving, context);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception)
#pragma warning restore CA1031
        {
            plan.SystemText = null;
            plan.Fields.Clear();
        }
        return plan;
    }

    private AssignedVariant? Decide(ServedExperiment experiment, ChatRequest request, in RequestUnits units, in RequestContext context, ServingPlan plan, out bool failed)
    {
        failed = false;
        try
        {
            if (units.Of(experiment.Experiment.Unit) is not { } unit) return null;
            var decision = experiment.Decide!(unit, context.ForDecisions);
            if (!decision.IsAssigned) return null;
            var assigned = new AssignedVariant(experiment, decision, unit, units.IdsFor(experiment.Experiment.Unit));
            _ = assigned.Overlay;
            // While the spool is known to be down, a new unit is kept out: what it met could never be counted. A running thread keeps its variant.
            if (!exposures.IsUnavailable || request.UserMessages > 1 || exposures.IsKnown(assigned.ExposureId)) return assigned;
            plan.FallBack(Reasons.SpoolUnavailable);
        }
#pragma warning disable CA1031 // Experiment code never fails a user's request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.ExperimentFailed(e, experiment.Key);
            plan.FallBack("error: assignment failed");
        }
        failed = true;
        return null;
    }

    private static bool IsServable(GatewaySnapshot snapshot, ServedRoute route, ServedExperiment experiment, VariantOverlay overlay)
    {
        var name = overlay.Variant.Upstream ?? route.Declared?.Upstream ?? experiment.Control.Variant.Upstream;
        return name is not null && snapshot.Upstreams.TryGetValue(name, out var upstream) && !upstream.IsKeyMissing;
    }

    private static void Resolve(GatewaySnapshot snapshot, ServingPlan plan, List<Serving> overlays)
    {
        var route = plan.Route;
        string? upstream = null, model = null;
        foreach (var (_, overlay, _) in overlays)
        {
            upstream = overlay.Variant.Upstream ?? upstream;
            model = overlay.Variant.Model ?? model;
        }
        var basis = route.Declared is null && route.Experiments.Length > 0 ? route.Experiments[0].Control.Variant : null;
        upstream ??= route.Declared?.Upstream ?? basis?.Upstream;
        plan.Model = model ?? route.Declared?.Model ?? basis?.Model ?? route.Name;
        if (upstream is null || !snapshot.Upstreams.TryGetValue(upstream, out var found))
            plan.Problem = OpenAiError.Server(503, "upstream_not_configured", upstream is null
                ? $"No upstream is declared for '{route.Name}'." : $"The upstream '{upstream}' of '{route.Name}' is not declared.");
        else if (found.IsKeyMissing)
            plan.Problem = OpenAiError.Server(503, "upstream_key_missing", $"The upstream '{found.Name}' needs the environment variable {found.KeyEnv}, which is not set.");
        else plan.Upstream = found;
    }

    private static void Apply(ServingPlan plan, in Serving serving, in RequestContext context)
    {
        var (experiment, overlay, assigned) = serving;
        if (overlay.System is not null)
        {
            var textOf = overlay;
            var text = Render(textOf, context);
            if (text is null)
            {
                // The control's text, if that can be filled; else the request keeps its own.
                plan.FallBack(Reasons.MissingVariable);
                if (assigned is not null) assigned.Reason = Reasons.MissingVariable;
                textOf = experiment.Control;
                text = Render(textOf, context);
            }
            if (text is not null)
            {
                plan.SystemText = text;
                plan.SystemMode = textOf.SystemMode;
            }
        }
        foreach (var field in overlay.Fields)
        {
            for (var i = plan.Fields.Count - 1; i >= 0; i--)
                if (plan.Fields[i].Name == field.Name) plan.Fields.RemoveAt(i);
            plan.Fields.Add(field);
            if (field.Name == "response_format") plan.AsksForJson = field.Value.AsSpan().IndexOf("\"json_"u8) >= 0;
        }
    }

    private static string? Render(VariantOverlay overlay, RequestContext context) =>
        overlay.System is not { } system ? null : system.Names.IsEmpty ? system.Text : system.Render(context.Variable).Text;

    private readonly record struct Serving(ServedExperiment Experiment, VariantOverlay Overlay, AssignedVariant? Assigned);
}
