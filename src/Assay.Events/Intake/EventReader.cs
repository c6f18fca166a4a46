using System.Text.Json;

namespace Assay.Events;

/// <summary>
/// Reads one event of the HTTP contract, strictly: unknown fields and types, missing targets, wrong types and impossible values are
/// refused with a reason that says what would be right. Never throws for what a client sent.
/// </summary>
/// <param name="time">For ids and timestamps that the client left to the server, and to tell what lies in the future.</param>
public sealed class EventReader(TimeProvider time)
{
    /// <summary>The largest event, in bytes of its JSON.</summary>
    public const int LargestEvent = 1024 * 1024;

    [ThreadStatic] private static EventFields? threadFields;

    /// <param name="json">One JSON object, UTF-8.</param>
    /// <param name="defaultType">The type of an event that names none; null: a type is required.</param>
    public EventReading Read(ReadOnlySpan<byte> json, string? defaultType = null)
    {
        if (json.Length > LargestEvent) return EventReading.Refused($"the event is larger than {LargestEvent} bytes");
        var fields = threadFields ??= new EventFields();
        try
        {
            var reader = new Utf8JsonReader(json);
            if (EventFieldReader.Read(ref reader, fields) is { } problem) return EventReading.Refused("the event " + problem);
            if (reader.Read()) return EventReading.Refused("there is more than one JSON value");
            return Build(fields, defaultType);
        }
        catch (JsonException e)
        {
            return EventReading.Refused($"not JSON at byte {(e.BytePositionInLine ?? 0) + 1}: {Shortened.Of(FirstSentence(e.Message))}");
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to half a surrogate pair, or to bytes that are no UTF-8, inside a string.
            return EventReading.Refused("a string is not valid Unicode");
        }
        finally
        {
            fields.Clear(); // hold no client's text
        }
    }

    private EventReading Build(EventFields fields, string? defaultType)
    {
        var type = fields.Text(EventField.Type) ?? defaultType;
        var kind = EventBuilder.KindOf(type);
        if (kind == EventKind.None)
        {
            const string Known = "exposure, generation, outcome, score or label";
            return EventReading.Refused(type is null ? $"'type' is missing: {Known}" : $"type '{Shortened.Of(type)}' is unknown: {Known}");
        }
        var now = time.GetUtcNow();
        if (EventRules.FindProblem(kind, fields, now) is { } problem) return EventReading.Refused(problem);
        // A comparison is about both of its answers; where nothing else is named, the first stands for its unit.
        if (fields.Text(EventField.A) is { } answer && !EventRules.HasTarget(fields)) fields.Set(EventField.GenerationId, answer);
        var id = fields.Text(EventField.Id);
        var built = EventBuilder.Build(
            kind, fields,
            id ?? DeriveId(kind, fields, now),
            fields.Has(EventField.Timestamp) ? fields.Timestamp : now,
            hasClientId: id is not null,
            hasClientTimestamp: fields.Has(EventField.Timestamp));
        return EventReading.Of(built);
    }

    private static string DeriveId(EventKind kind, EventFields fields, DateTimeOffset now) => kind == EventKind.Exposure
        ? ExposureId.For(fields.Text(EventField.Experiment)!, (int)(fields.Whole(EventField.Version) ?? 1), fields.Text(EventField.Unit)!)
        : Guid.CreateVersion7(now).ToString();

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
