using System.Text;
using System.Text.Json;
using Assay.Analysis;
using Assay.Events;
using Assay.Experiments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server;

/// <summary>The control API: registering experiments, their steps, their reports, the audit trail.</summary>
public static class ControlEndpoints
{
    private const int MaxDefinitionBytes = 4 * 1024 * 1024;

    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup("/api/v1").WithTags("experiments");
        group.MapGet("/experiments", ListAsync).WithSummary("The newest version of every experiment.").Produces<ExperimentSnapshot[]>();
        group.MapPost("/experiments", CreateAsync).WithSummary("Registers definitions (JSON or YAML); what has started gets a new version.").Produces<CreateResponse>(201);
        group.MapGet("/experiments/{key}", ShowAsync).WithSummary("One experiment.").Produces<ExperimentSnapshot>();
        group.MapGet("/experiments/{key}/definition", DefinitionAsync).WithSummary("The definition as registered, canonical JSON.");
        group.MapGet("/experiments/{key}/report", ReportAsync).WithSummary("The report and verdict, computed now from the event store.");
        foreach (var step in (string[])["start", "pause", "resume", "stop", "rollback", "conclude"])
            group.MapPost("/experiments/{key}/" + step,
                    (string key, HttpContext context, ExperimentLifecycle lifecycle, ReportReader reports, CancellationToken cancellationToken) =>
                        StepAsync(key, step, context, lifecycle, reports, cancellationToken))
                .WithSummary($"Moves an experiment along its life: {step}.").Produces<ExperimentSnapshot>();
        group.MapGet("/audit", AuditAsync).WithSummary("Who did what, newest first.").Produces<AuditEntry[]>();
        return endpoints;
    }

    private static async Task<IResult> ListAsync(IControlStore store, CancellationToken cancellationToken) =>
        Results.Json((await store.ListAsync(false, cancellationToken)).Select(ExperimentSnapshot.Of).ToArray(), ServerJson.Default.ExperimentSnapshotArray);

    private static async Task<IResult> ShowAsync(string key, IControlStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken) is { } state
            ? Results.Json(ExperimentSnapshot.Of(state), ServerJson.Default.ExperimentSnapshot)
            : Problems.Of(LifecycleResult.Refused("unknown-experiment", $"there is no experiment '{key}'", "GET /api/v1/experiments lists them").Problem!);

    private static async Task<IResult> DefinitionAsync(string key, IControlStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(key, cancellationToken) is { } state
            ? Results.Content(DefinitionWriter.ToJson(state.Experiment), "application/json")
            : Problems.Of(new LifecycleProblem("unknown-experiment", $"there is no experiment '{key}'", "GET /api/v1/experiments lists them"));

    private static async Task<IResult> CreateAsync(HttpRequest request, DefinitionRegistrar registrar, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxDefinitionBytes) return Problems.TooLarge(MaxDefinitionBytes);
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > MaxDefinitionBytes) return Problems.TooLarge(MaxDefinitionBytes);
            body.Write(buffer, 0, read);
        }
        var result = await registrar.RegisterTextAsync(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), Actor(request.HttpContext), cancellationToken);
        if (result.Problems.Length > 0) return Problems.OfDefinition(result.Problems);
        return Results.Json(new CreateResponse([.. result.States.Select(ExperimentSnapshot.Of)], result.Warnings), ServerJson.Default.CreateResponse, statusCode: 201);
    }

    private static async Task<IResult> StepAsync(string key, string step, HttpContext context, ExperimentLifecycle lifecycle, ReportReader reports, CancellationToken cancellationToken)
    {
        StepRequest? body;
        try
        {
            body = context.Request.ContentLength is null or 0 && context.Request.Headers.TransferEncoding.Count == 0
                ? null
                : await JsonSerializer.DeserializeAsync(context.Request.Body, ServerJson.Default.StepRequest, cancellationToken);
        }
        catch (JsonException error)
        {
            return Problems.Bad("malformed-json", $"the body is not the JSON that {step} takes: {error.Message}", "{\"reason\": \"…\"}");
        }
        var actor = Actor(context);
        var result = step switch
        {
            "start" => await lifecycle.StartAsync(key, actor, cancellationToken),
            "pause" => await lifecycle.PauseAsync(key, actor, body?.Reason, cancellationToken),
            "resume" => await lifecycle.ResumeAsync(key, actor, body?.Reason, cancellationToken),
            "stop" => await lifecycle.StopAsync(key, actor, body?.Reason, cancellationToken),
            "rollback" => await lifecycle.RollBackAsync(key, actor, body?.Reason, cancellationToken),
            _ => await ConcludeAsync(key, body, actor, lifecycle, reports, cancellationToken),
        };
        return result.State is { } state ? Results.Json(ExperimentSnapshot.Of(state), ServerJson.Default.ExperimentSnapshot) : Problems.Of(result.Problem!);
    }

    private static async Task<LifecycleResult> ConcludeAsync(string key, StepRequest? body, string actor, ExperimentLifecycle lifecycle, ReportReader reports, CancellationToken cancellationToken)
    {
        if (body?.Outcome is null) return LifecycleResult.Refused("unknown-outcome", "a conclusion needs an outcome", "{\"outcome\": \"ship\" | \"keep-control\"}");
        var report = await reports.ReadAsync(key, cancellationToken);
        return await lifecycle.ConcludeAsync(key, body.Outcome, body.Variant, body.Reason, body.AcceptedGuardrails, report is null ? "unknown" : DecisionNames.Of(report.Verdict.Decision), actor, cancellationToken);
    }

    private static async Task<IResult> ReportAsync(string key, ReportReader reports, CancellationToken cancellationToken) =>
        await reports.ReadJsonAsync(key, cancellationToken) is { } json
            ? Results.Content(json, "application/json")
            : Problems.Of(new LifecycleProblem("unknown-experiment", $"there is no experiment '{key}'", "GET /api/v1/experiments lists them"));

    private static async Task<IResult> AuditAsync(string? experiment, IControlStore store, CancellationToken cancellationToken) =>
        Results.Json((await store.ReadAuditAsync(experiment, cancellationToken)).ToArray(), ServerJson.Default.AuditEntryArray);

    /// <summary>Until there are keys with roles, everybody on the loopback address is the operator.</summary>
    private static string Actor(HttpContext context) => context.Request.Headers["x-assay-actor"].FirstOrDefault() ?? "operator";
}
