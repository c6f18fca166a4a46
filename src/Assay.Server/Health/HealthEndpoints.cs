using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server;

/// <summary>/healthz says that the process is alive; /readyz whether it can serve, and what cannot.</summary>
public static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGet("/healthz", () => Results.Text("alive")).ExcludeFromDescription();
        endpoints.MapGet("/readyz", (ReadinessProbe probe) =>
        {
            var health = probe.Look();
            return Results.Json(health, ServerJson.Default.HealthSnapshot, statusCode: health.Status == "not-ready" ? 503 : 200);
        }).WithSummary("Whether the server can serve, and what cannot.");
        return endpoints;
    }
}
