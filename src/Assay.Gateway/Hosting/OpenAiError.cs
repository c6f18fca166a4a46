using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>A failure in OpenAI's error shape: <c>{"error":{"message","type","param","code"}}</c>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">OpenAI's type: invalid_request_error for the client's mistakes, server_error for ours and the upstream's.</param>
/// <param name="Code">Stable; also the generation's <c>errorCode</c>.</param>
/// <param name="Message">For a person.</param>
/// <param name="Param">The field at fault; null for none.</param>
internal sealed record OpenAiError(int Status, string Type, string Code, string Message, string? Param = null)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static OpenAiError Invalid(string code, string message, string? param = null) => new(400, "invalid_request_error", code, message, param);

    public static OpenAiError ModelNotFound(string model) =>
        new(404, "invalid_request_error", "model_not_found", $"The model '{model}' is not served here; GET /v1/models lists what is.", "model");

    public static OpenAiError Server(int status, string code, string message) => new(status, "server_error", code, message);

    public async Task WriteAsync(HttpContext context)
    {
        var body = ToUtf8();
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    public byte[] ToUtf8()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Readable);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, Message);
        writer.WriteString("type"u8, Type);
        writer.WriteString("param"u8, Param);
        writer.WriteString("code"u8, Code);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
