using System.Text.Json;
using Assay.Experiments;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>Attributes and template variables of one request.</summary>
/// <param name="Attributes">The object of <c>x-assay-attributes</c>, stored with the events; null without one.</param>
/// <param name="ForDecisions">The same, as the assigner reads it.</param>
/// <param name="Variables">The object of <c>x-assay-variables</c>; null without one.</param>
/// <param name="Problem">What is wrong with one of the headers; what is wrong is taken as absent.</param>
internal readonly record struct RequestContext(JsonElement? Attributes, UnitAttributes ForDecisions, JsonElement? Variables, string? Problem)
{
    public static RequestContext From(IHeaderDictionary headers)
    {
        string? problem = null;
        var variables = Parse(headers, RequestHeaders.Variables, ref problem);
        var attributes = Parse(headers, RequestHeaders.Attributes, ref problem);
        return new RequestContext(attributes, Decisive(attributes), variables, problem);
    }

    public static UnitAttributes Decisive(JsonElement? attributes)
    {
        if (attributes is not { } present) return UnitAttributes.None;
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in present.EnumerateObject()) values[property.Name] = property.Value;
        return new UnitAttributes(values);
    }

    /// <summary>The text of a template variable; null when it is missing.</summary>
    public string? Variable(string name) =>
        Variables is { } own && own.TryGetProperty(name, out var value) && Text(value) is { } text ? text
        : ForDecisions.TryGet(name, out var attribute) ? Text(attribute) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    };

    private static JsonElement? Parse(IHeaderDictionary headers, string name, ref string? problem)
    {
        if (RequestUnits.Header(headers, name) is not { } json) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document.RootElement.Clone();
        }
        catch (JsonException)
        {
        }
        problem = $"error: {name} is not a JSON object";
        return null;
    }
}
