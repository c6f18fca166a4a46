using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Analysis;

internal sealed class ReportIntervalConverter : JsonConverter<ReportInterval>
{
    public override ReportInterval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("an interval is an array of two ends");
        var low = ReadEnd(ref reader);
        var high = ReadEnd(ref reader);
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray) throw new JsonException("an interval has two ends");
        return new ReportInterval(low, high);
    }

    public override void Write(Utf8JsonWriter writer, ReportInterval value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        WriteEnd(writer, value.Low);
        WriteEnd(writer, value.High);
        writer.WriteEndArray();
    }

    private static double? ReadEnd(ref Utf8JsonReader reader) =>
        !reader.Read() ? throw new JsonException("an interval has two ends")
        : reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();

    private static void WriteEnd(Utf8JsonWriter writer, double? end)
    {
        if (end is { } number && double.IsFinite(number)) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }
}
