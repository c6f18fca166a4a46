using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>An interval as <c>[low, high]</c>; an end without a bound is null.</summary>
public sealed class IntervalJson : JsonConverter<Interval>
{
    public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("an interval is an array of two ends");
        var low = End(ref reader, double.NegativeInfinity);
        var high = End(ref reader, double.PositiveInfinity);
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray) throw new JsonException("an interval has two ends");
        return new Interval(low, high);
    }

    public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (var end in (double[])[value.Low, value.High])
        {
            if (double.IsFinite(end)) writer.WriteNumberValue(end);
            else writer.WriteNullValue();
        }
        writer.WriteEndArray();
    }

    private static double End(ref Utf8JsonReader reader, double open) =>
        !reader.Read() ? throw new JsonException("an interval has two ends") : reader.TokenType == JsonTokenType.Null ? open : reader.GetDouble();
}
