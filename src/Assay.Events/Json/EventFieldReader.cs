using System.Globalization;
using System.Text.Json;

namespace Assay.Events;

/// <summary>Reads the JSON of one event into <see cref="EventFields"/>, checking types only; limits are the intake's.</summary>
internal static class EventFieldReader
{
    private const int LongestName = 32;

    /// <returns>Null, or what is wrong. Malformed JSON throws <see cref="JsonException"/>.</returns>
    public static string? Read(ref Utf8JsonReader reader, EventFields fields)
    {
        fields.Clear();
        if (reader.TokenType == JsonTokenType.None && !reader.Read()) return "is empty";
        if (reader.TokenType != JsonTokenType.StartObject) return $"must be a JSON object, not {Describe(reader.TokenType)}";
        Span<char> name = stackalloc char[LongestName];
        var lookup = EventFieldInfo.ByName.GetAlternateLookup<ReadOnlySpan<char>>();
        string? problem = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var length = reader.ValueSpan.Length <= LongestName ? reader.CopyString(name) : LongestName + 1;
            if (length > LongestName || !lookup.TryGetValue(name[..length], out var info))
            {
                fields.UnknownName ??= reader.GetString();
                reader.Read();
                reader.Skip();
                continue;
            }
            reader.Read();
            if (problem is not null || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }
            if (fields.Has(info.Field)) problem = $"has '{info.Name}' twice";
            else problem = ReadValue(ref reader, info, fields);
            if (problem is not null) reader.Skip();
        }
        return problem;
    }

    private static string? ReadValue(ref Utf8JsonReader reader, EventFieldInfo info, EventFields fields) => info.Shape switch
    {
        FieldShape.Name or FieldShape.Text => ReadText(ref reader, info, fields),
        FieldShape.Boolean => ReadBoolean(ref reader, info, fields),
        FieldShape.Share or FieldShape.Amount => ReadNumber(ref reader, info, fields),
        FieldShape.Whole or FieldShape.Ordinal => ReadWhole(ref reader, info, fields),
        FieldShape.Value => reader.TokenType switch
        {
            JsonTokenType.Number => ReadNumber(ref reader, info, fields),
            JsonTokenType.True or JsonTokenType.False => ReadBoolean(ref reader, info, fields),
            JsonTokenType.String => ReadText(ref reader, info, fields),
            _ => $"'{info.Name}' must be a number, a boolean or a string, not {Describe(reader.TokenType)}",
        },
        FieldShape.Timestamp => ReadTimestamp(ref reader, info, fields),
        FieldShape.FlatObject => ReadObject(ref reader, info, fields),
        FieldShape.Json => ReadElement(ref reader, info, fields),
        FieldShape.Ids => NestedFieldReader.ReadIds(ref reader, fields),
        FieldShape.Judge => NestedFieldReader.ReadJudge(ref reader, fields),
        _ => NestedFieldReader.ReadAssignments(ref reader, fields),
    };

    private static string? ReadText(ref Utf8JsonReader reader, EventFieldInfo info, EventFields fields)
    {
        if (reader.TokenType != JsonTokenType.String) return $"'{info.Name}' must be a string, not {Describe(reader.TokenType)}";
        fields.Set(info.Field, reader.GetString()!);
        return null;
    }

    private static string? ReadBoolean(ref Utf8JsonReader reader, EventFieldInfo info, EventFields fields)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False)) return $"'{info.Name}' must be true or false, not {Describe(reader.TokenType)}";
        fields.Set(info.Field, reader.TokenType == JsonTokenType.True ? 1.0 : 0.0);
        return null;
    }

    private static string? ReadNumber(ref Utf8JsonReader reader, EventFieldInfo info, EventFields fields)
    {
        if (reader.TokenType != JsonTokenType.Number) return $"'{info.Name}' must be a number, not {Describe(reader.TokenType)}";
        if (!reader.TryGetDouble(out var value) || !double.IsFinite(value)) return $"'{info.Name}' must be a finite number";
        fields.Set(info.Field, value);
        return null;
    }

    private static string? ReadWhole(ref Utf8JsonReader reader, EventFieldInfo info, EventFields fields)
    {
        if (reader.TokenType != JsonTokenType.Number) return $"'{info.Name}' must be a whole number, not {Describe(reader.TokenType)}";
        if (reader.TryGetInt64(out var whole)) fields.Set(info.Field, whole);
        // 12.0 and 1e3 are whole numbers too: some languages write them so.
        else if (reader.TryGetDouble(out var value) && Math.Abs(value) < 1e15 && value == Math.Floor(value)) fields.Set(info.Field, (long)value);
        else return $"'{info.Name}' must be a whole number";
        return null;
    }

    private static string? ReadTimestamp(ref Utf8JsonReader reader, EventFieldInfo info, EventFields fields)
    {
        const string Expected = "must be an ISO 8601 time with zone, such as 2025-01-31T12:00:00Z";
        if (reader.TokenType != JsonTokenType.String) return $"'{info.Name}' {Expected}, not {Describe(reader.TokenType)}";
        var text = reader.ValueSpan;
        var zoned = text.Length > 10 && (text[^1] is (byte)'Z' or (byte)'z' || text[10..].IndexOfAny((byte)'+', (byte)'-') >= 0);
        if (!zoned) return $"'{info.Name}' {Expected}";
        if (!reader.TryGetDateTimeOffset(out var time)
            && !DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out time)) return $"'{info.Name}' {Expected}";
        fields.Timestamp = time.ToUniversalTime();
        fields.Mark(info.Field);
        return null;
    }

    private static string? ReadObject(ref Utf8JsonReader reader, EventFieldInfo info, EventFields fields)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return $"'{info.Name}' must be a JSON object, not {Describe(reader.TokenType)}";
        return ReadElement(ref reader, info, fields);
    }

    private static string? ReadElement(ref Utf8JsonReader reader, EventFieldInfo info, EventFields fields)
    {
        fields.Set(info.Field, JsonElement.ParseValue(ref reader));
        return null;
    }

    internal static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
