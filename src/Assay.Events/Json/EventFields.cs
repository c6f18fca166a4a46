using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Events;

/// <summary>The fields of one event as they stand in its JSON, before they become a record. Reused from event to event.</summary>
internal sealed class EventFields
{
    private readonly string?[] texts = new string?[(int)EventField.Count];
    private readonly double[] numbers = new double[(int)EventField.Count];
    private readonly JsonElement[] elements = new JsonElement[(int)EventField.Count];
    private ulong present;

    public DateTimeOffset Timestamp { get; set; }
    public long[] Wholes { get; } = new long[(int)EventField.Count];
    public UnitIds Ids { get; set; } = UnitIds.None;
    public ImmutableArray<GenerationAssignment> Assignments { get; set; } = [];
    public string? JudgeKey { get; set; }
    public string? JudgeHash { get; set; }

    /// <summary>The first name that no event has.</summary>
    public string? UnknownName { get; set; }

    public ulong Present => present;
    public bool Has(EventField field) => (present & (1UL << (int)field)) != 0;
    public void Mark(EventField field) => present |= 1UL << (int)field;
    public string? Text(EventField field) => Has(field) ? texts[(int)field] : null;
    public double? Number(EventField field) => Has(field) && texts[(int)field] is null ? numbers[(int)field] : null;
    public long? Whole(EventField field) => Has(field) ? Wholes[(int)field] : null;
    public bool? Boolean(EventField field) => Has(field) ? numbers[(int)field] != 0 : null;
    public JsonElement? Element(EventField field) => Has(field) ? elements[(int)field] : null;

    public void Set(EventField field, string value)
    {
        texts[(int)field] = value;
        Mark(field);
    }

    public void Set(EventField field, double value)
    {
        numbers[(int)field] = value;
        Mark(field);
    }

    public void Set(EventField field, long value)
    {
        Wholes[(int)field] = value;
        Mark(field);
    }

    public void Set(EventField field, JsonElement value)
    {
        elements[(int)field] = value;
        Mark(field);
    }

    public void Clear()
    {
        Array.Clear(texts);
        Array.Clear(elements);
        present = 0;
        Timestamp = default;
        Ids = UnitIds.None;
        Assignments = [];
        JudgeKey = JudgeHash = UnknownName = null;
    }
}
