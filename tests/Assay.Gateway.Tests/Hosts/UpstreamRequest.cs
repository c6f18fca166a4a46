using System.Text.Json;

namespace Assay.Gateway.Tests;

/// <summary>What an upstream received.</summary>
internal sealed record UpstreamRequest(string Path, string Body, Dictionary<string, string> Headers)
{
    public JsonElement Json => JsonElement.Parse(Body);
    public string? Model => Json.GetProperty("model").GetString();
    public string? System => Json.GetProperty("messages").EnumerateArray().FirstOrDefault(m => m.GetProperty("role").GetString() is "system" or "developer") is { ValueKind: JsonValueKind.Object } m
        ? m.GetProperty("content").GetString() : null;
}
