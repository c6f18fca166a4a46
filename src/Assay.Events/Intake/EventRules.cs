using System.Numerics;
using System.Text.Json;

namespace Assay.Events;

/// <summary>What an event from outside must fulfil beyond the types of its fields.</summary>
internal static class EventRules
{
    private const int LongestName = 256;
    private const int LongestText = 8192;
    private const int MostAttributes = 64;
    private const int MostAssignments = 32;
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(1);

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public static string? FindProblem(EventKind kind, EventFields fields, DateTimeOffset now)
    {
        if (fields.UnknownName is { } unknown) return FieldSuggestion.Describe(unknown, kind);
        for (var rest = fields.Present; rest != 0; rest &= rest - 1)
        {
            var info = EventFieldInfo.All[BitOperations.TrailingZeroCount(rest)];
            if (info.IsInternal) return FieldSuggestion.Describe(info.Name, kind);
            if ((info.Kinds & kind) == 0) return $"'{info.Name}' is no field of {Article(kind)}";
            if (FindProblem(info, fields) is { } problem) return problem;
        }
        if (fields.Has(EventField.Timestamp) && fields.Timestamp > now + FurthestAhead) return "'timestamp' is more than a day in the future";
        return FindMissing(kind, fields) ?? FindContradiction(kind, fields);
    }

    public static bool HasTarget(EventFields fields) =>
        fields.Has(EventField.Unit) || fields.Has(EventField.ExposureId) || fields.Has(EventField.GenerationId) || fields.Has(EventField.ResponseId);

    private static string? FindProblem(EventFieldInfo info, EventFields fields) => info.Shape switch
    {
        FieldShape.Name => NameProblem(info.Name, fields.Text(info.Field)!),
        FieldShape.Text or FieldShape.Value when fields.Text(info.Field) is { Length: > LongestText } => $"'{info.Name}' is longer than {LongestText} characters",
        FieldShape.Share when fields.Number(info.Field) is < 0 or > 1 => $"'{info.Name}' must lie between 0 and 1",
        FieldShape.Amount when fields.Number(info.Field) < 0 => $"'{info.Name}' must not be negative",
        FieldShape.Whole when fields.Whole(info.Field) < 0 => $"'{info.Name}' must not be negative",
        FieldShape.Whole or FieldShape.Ordinal when fields.Whole(info.Field) > int.MaxValue => $"'{info.Name}' is too large",
        FieldShape.Ordinal when fields.Whole(info.Field) < 1 => $"'{info.Name}' counts from 1",
        FieldShape.FlatObject => AttributesProblem(fields.Element(info.Field)!.Value),
        FieldShape.Json when !IsUnicode(fields.Element(info.Field)!.Value) => $"'{info.Name}' holds a string that is not valid Unicode",
        FieldShape.Ids => NamesProblem("ids", fields.Ids.Request, fields.Ids.Session, fields.Ids.Conversation, fields.Ids.User, fields.Ids.Cluster),
        FieldShape.Judge => NamesProblem("judge", fields.JudgeKey, fields.JudgeHash),
        FieldShape.Assignments => AssignmentsProblem(fields),
        _ => null,
    };

    private static string? FindMissing(EventKind kind, EventFields fields)
    {
        if (kind == EventKind.Exposure)
        {
            foreach (var needed in (ReadOnlySpan<EventField>)[EventField.Unit, EventField.Experiment, EventField.Variant])
                if (!fields.Has(needed)) return $"'{EventFieldInfo.NameOf(needed)}' is missing: an exposure names experiment, unit and variant";
            return null;
        }
        if (!HasTarget(fields)
            && !(kind == EventKind.Generation && (fields.Assignments.Length > 0 || fields.Ids != UnitIds.None))
            && !fields.Has(EventField.A))
            return "the event has no unit: one of 'unit', 'exposureId', 'generationId' or 'responseId' must say whom it is about";
        if (kind == EventKind.Generation) return null;
        if (!fields.Has(EventField.Metric)) return "'metric' is missing";
        if (kind != EventKind.Outcome && !fields.Has(EventField.Value) && !fields.Has(EventField.Winner)) return $"{Article(kind)} needs a 'value', or a 'winner' when two answers were compared";
        return null;
    }

    private static string? FindContradiction(EventKind kind, EventFields fields)
    {
        if (fields.Text(EventField.Status) is { } status && EventBuilder.StatusOf(status) is null) return OneOf(EventField.Status, status, "ok, error, timeout, cancelled or blocked");
        if (fields.Text(EventField.Cache) is { } cache && cache is not ("warm" or "cold")) return OneOf(EventField.Cache, cache, "warm or cold");
        if (fields.Text(EventField.Winner) is { } winner && winner is not ("A" or "B" or "TIE")) return OneOf(EventField.Winner, winner, "A, B or TIE");
        if (fields.Text(EventField.ShownFirst) is { } first && first is not ("A" or "B")) return OneOf(EventField.ShownFirst, first, "A or B");
        if (fields.Has(EventField.Bucket) && fields.Number(EventField.Bucket) == 1) return "'bucket' must be less than 1";
        if (kind is EventKind.Score or EventKind.Label)
        {
            if (fields.Text(EventField.Value) is not null) return $"'value' of {Article(kind)} must be a number or a boolean";
            if (!fields.Has(EventField.Winner) && (fields.Has(EventField.A) || fields.Has(EventField.B) || fields.Has(EventField.ShownFirst))) return "'winner' is missing: A, B or TIE";
        }
        return null;
    }

    private static string OneOf(EventField field, string value, string allowed) => $"'{EventFieldInfo.NameOf(field)}' is '{Shortened.Of(value)}'; it must be {allowed}";

    private static string? NamesProblem(string parent, params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
            if (name is not null && NameProblem(parent, name) is { } problem) return problem;
        return null;
    }

    private static string? NameProblem(string field, string value)
    {
        if (string.IsNullOrWhiteSpace(value)) return $"'{field}' must not be empty";
        if (value.Length > LongestName) return $"'{field}' is longer than {LongestName} characters";
        return value.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0 ? $"'{field}' must not contain control characters" : null;
    }

    private static string? AttributesProblem(JsonElement attributes)
    {
        var count = 0;
        foreach (var property in attributes.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                return $"'attributes' must be flat: '{Shortened.Of(property.Name)}' is {(property.Value.ValueKind == JsonValueKind.Object ? "an object" : "an array")}";
            if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString()!.Length > LongestText)
                return $"'attributes.{Shortened.Of(property.Name)}' is longer than {LongestText} characters";
            if (property.Value.ValueKind == JsonValueKind.Number && !(property.Value.TryGetDouble(out var number) && double.IsFinite(number)))
                return $"'attributes.{Shortened.Of(property.Name)}' must be a finite number";
            count++;
        }
        return count > MostAttributes ? $"'attributes' has more than {MostAttributes} entries" : null;
    }

    private static string? AssignmentsProblem(EventFields fields)
    {
        if (fields.Assignments.Length > MostAssignments) return $"'assignments' has more than {MostAssignments} entries";
        foreach (var assignment in fields.Assignments)
        {
            if (assignment.Version < 1) return "'assignments.version' counts from 1";
            if (NamesProblem("assignments", assignment.Experiment, assignment.Variant, assignment.ExposureId, assignment.Reason) is { } problem) return problem;
        }
        return null;
    }

    // Reading every string is what finds half a surrogate pair before the spool has to write it.
    private static bool IsUnicode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String: _ = element.GetString(); break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) IsUnicode(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    IsUnicode(property.Value);
                }
                break;
        }
        return true;
    }

    private static string Article(EventKind kind) => kind switch
    {
        EventKind.Exposure => "an exposure",
        EventKind.Generation => "a generation",
        EventKind.Outcome => "an outcome",
        EventKind.Score => "a score",
        _ => "a label",
    };
}
