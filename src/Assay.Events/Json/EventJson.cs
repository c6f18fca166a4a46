using System.Buffers;
using System.Text.Json;

namespace Assay.Events;

/// <summary>
/// Events as JSON in the contract's shape: camelCase, <c>type</c> first, target and pairwise fields flat, unknown fields absent.
/// One table of fields serves writer, spool and intake; no reflection, and no garbage but the event itself.
/// </summary>
public static class EventJson
{
    [ThreadStatic] private static Utf8JsonWriter? threadWriter;
    [ThreadStatic] private static EventFields? threadFields;
    [ThreadStatic] private static ArrayBufferWriter<byte>? threadBuffer;

    /// <summary>Writes an event as people get it: an export, an API.</summary>
    public static void Write(IBufferWriter<byte> target, AssayEvent value) => Write(target, value, withOrigin: false, withTimestamp: true);

    /// <summary>Writes an event as the spool keeps it: with <c>clientId</c> and <c>clientTimestamp</c>, which say what the client chose.</summary>
    public static void WriteSpooled(IBufferWriter<byte> target, AssayEvent value) => Write(target, value, withOrigin: true, withTimestamp: true);

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, AssayEvent)"/> or <see cref="WriteSpooled"/> wrote; the latter gives an equal event.</summary>
    /// <exception cref="JsonException">It is not an event's JSON.</exception>
    public static AssayEvent Read(ReadOnlySpan<byte> json)
    {
        var fields = threadFields ??= new EventFields();
        var reader = new Utf8JsonReader(json);
        if (EventFieldReader.Read(ref reader, fields) is { } problem) throw new JsonException("the event " + problem);
        var kind = EventBuilder.KindOf(fields.Text(EventField.Type));
        if (kind == EventKind.None) throw new JsonException("the event has no known type");
        if (fields.Text(EventField.Id) is not { } id || !fields.Has(EventField.Timestamp)) throw new JsonException("the event has no id or no timestamp");
        return EventBuilder.Build(kind, fields, id, fields.Timestamp, fields.Boolean(EventField.ClientId) ?? false, fields.Boolean(EventField.ClientTimestamp) ?? false);
    }

    /// <summary>
    /// The hash by which an event that comes again under the same id is told from another one: <see cref="EventFingerprint.OfContent"/>
    /// over its JSON, without the timestamp where the server chose it.
    /// </summary>
    public static ulong ContentHash(AssayEvent value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var buffer = threadBuffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        Write(buffer, value, withOrigin: false, withTimestamp: value.HasClientTimestamp);
        return EventFingerprint.OfContent(buffer.WrittenSpan);
    }

    private static void Write(IBufferWriter<byte> target, AssayEvent value, bool withOrigin, bool withTimestamp)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(value);
        var writer = threadWriter;
        if (writer is null) threadWriter = writer = new Utf8JsonWriter(target, EventJsonWriter.Options);
        else writer.Reset(target);
        try
        {
            EventJsonWriter.Write(writer, value, withOrigin, withTimestamp);
            writer.Flush();
        }
        finally
        {
            writer.Reset(Stream.Null); // hold no caller's buffer
        }
    }
}
