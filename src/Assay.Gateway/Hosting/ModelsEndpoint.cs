using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>The model names that clients may ask for, in OpenAI's list shape. <c>created</c> is 0: a route has no date of its own.</summary>
internal static class ModelsEndpoint
{
    public static Task ListAsync(HttpContext context, GatewayState state)
    {
        var names = state.Current.RouteNames;
        return WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("object"u8, "list"u8);
            writer.WriteStartArray("data"u8);
            foreach (var name in names) WriteModel(writer, name);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    public static Task GetAsync(HttpContext context, GatewayState state)
    {
        var name = context.Request.RouteValues["model"] as string ?? "";
        return state.Current.Routes.ContainsKey(name)
            ? WriteAsync(context, writer => WriteModel(writer, name))
            : OpenAiError.ModelNotFound(name).WriteAsync(context);
    }

    private static void WriteModel(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, name);
        writer.WriteString("object"u8, "model"u8);
        writer.WriteNumber("created"u8, 0);
        writer.WriteString("owned_by"u8, "assay"u8);
        writer.WriteEndObject();
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        write(writer);
        await writer.FlushAsync(context.RequestAborted);
    }
}
