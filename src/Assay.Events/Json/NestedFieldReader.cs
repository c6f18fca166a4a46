using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Events;

/// <summary>The three fields of an event that are objects of their own. Rare enough to be read through a document.</summary>
internal static class NestedFieldReader
{
    public static string? ReadIds(ref Utf8JsonReader reader, EventFields fields)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return "'ids' must be an object of request, session, conversation, user, cluster";
        var ids = JsonElement.ParseValue(ref reader);
        foreach (var property in ids.EnumerateObject())
        {
            if (property.Name is not ("request" or "session" or "conversation" or "user" or "cluster"))
                return $"'ids.{Shortened.Of(property.Name)}' is not known; known are request, session, conversation, user, cluster";
            if (property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) return $"'ids.{property.Name}' must be a string";
        }
        fields.Ids = new UnitIds(Text(ids, "request"), Text(ids, "session"), Text(ids, "conversation"), Text(ids, "user"), Text(ids, "cluster"));
        fields.Mark(EventField.Ids);
        return null;
    }

    public static string? ReadJudge(ref Utf8JsonReader reader, EventFields fields)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return "'judge' must be an object {key, hash}";
        var judge = JsonElement.ParseValue(ref reader);
        foreach (var property in judge.EnumerateObject())
        {
            if (property.Name is not ("key" or "hash")) return $"'judge.{Shortened.Of(property.Name)}' is not known; known are key, hash";
            if (property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)) return $"'judge.{property.Name}' must be a string";
        }
        fields.JudgeKey = Text(judge, "key");
        fields.JudgeHash = Text(judge, "hash");
        fields.Mark(EventField.Judge);
        return null;
    }

    public static string? ReadAssignments(ref Utf8JsonReader reader, EventFields fields)
    {
        const string Expected = "'assignments' must be an array of {experiment, version, variant, exposureId, reason}";
        if (reader.TokenType != JsonTokenType.StartArray) return Expected;
        var items = JsonElement.ParseValue(ref reader);
        var assignments = ImmutableArray.CreateBuilder<GenerationAssignment>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || item.EnumerateObject().Count() != 5) return Expected;
            if (Text(item, "experiment") is not { } experiment || Text(item, "variant") is not { } variant || Text(item, "exposureId") is not { } exposure
                || Text(item, "reason") is not { } reason) return Expected;
            if (!item.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number)) return Expected;
            assignments.Add(new GenerationAssignment(experiment, number, variant, exposure, reason));
        }
        fields.Assignments = assignments.MoveToImmutable();
        fields.Mark(EventField.Assignments);
        return null;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
