using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Gateway;

/// <summary>Maps the data plane.</summary>
public static class GatewayEndpoints
{
    internal const string ChatPath = "/v1/chat/completions";

    /// <summary>Maps <c>/v1/chat/completions</c>, <c>/v1/models</c>, the refusals of every other <c>/v1</c> path, and <c>/api/v1/assign</c>.</summary>
    /// <returns>The group of all these endpoints, for the host's conventions.</returns>
    public static RouteGroupBuilder MapAssayGateway(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var state = services.GetRequiredService<GatewayState>();
        var chat = services.GetRequiredService<ChatEndpoint>();
        var assign = services.GetRequiredService<AssignEndpoint>();
        var group = endpoints.MapGroup("");
        group.MapPost(ChatPath, (RequestDelegate)chat.HandleAsync);
        group.MapGet("/v1/models", (RequestDelegate)(context => ModelsEndpoint.ListAsync(context, state)));
        group.MapGet("/v1/models/{**model}", (RequestDelegate)(context => ModelsEndpoint.GetAsync(context, state)));
        group.MapPost("/api/v1/assign", (RequestDelegate)assign.HandleAsync);
        foreach (var path in NotYet) group.MapPost(path, (RequestDelegate)(context => NotSupportedYet(path).WriteAsync(context)));
        group.Map("/v1/{**path}", (RequestDelegate)(context => Unknown(context).WriteAsync(context)));
        return group;
    }

    private static readonly string[] NotYet = ["/v1/responses", "/v1/embeddings", "/v1/completions"];

    private static OpenAiError NotSupportedYet(string path) => OpenAiError.Server(501, "not_supported", $"{path} is not yet supported; /v1/chat/completions is.");

    private static OpenAiError Unknown(HttpContext context) => context.Request.Path.Value is ChatPath or "/v1/models"
        ? new OpenAiError(405, "invalid_request_error", "method_not_allowed", $"{context.Request.Method} is not allowed here.")
        : new OpenAiError(404, "invalid_request_error", "unknown_url", $"Unknown request URL: {context.Request.Method} {context.Request.Path}.");
}
