using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Gateway;

/// <summary>Maps the data plane.</summary>
public static class GatewayEndpoints
{
    /// <summary>Maps <c>/v1/chat/completions</c>, <c>/v1/models</c>, the refusals of every other <c>/v1</c> path, and <c>/api/v1/assign</c>.</summary>
    /// <returns>The group of all these endpoints, for the host's conventions.</returns>
    public static RouteGroupBuilder MapAssayGateway(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var state = endpoints.ServiceProvider.GetRequiredService<GatewayState>();
        var group = endpoints.MapGroup("");
        group.MapGet("/v1/models", (RequestDelegate)(context => ModelsEndpoint.ListAsync(context, state)));
        return group;
    }
}
