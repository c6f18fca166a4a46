using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>Bounds of numbers: exactly where both fit a decimal (so that 0.3 is a multiple of 0.1), else as doubles.</summary>
internal static class SchemaNumbers
{
    public static string? Fault(string keyword, JsonElement bound, JsonElement value)
    {
        var holds = bound.TryGetDecimal(out var exactBound) && value.TryGetDecimal(out var exact)
            ? Holds(keyword, exact.CompareTo(exactBound), keyword == "multipleOf" && exact % exactBound == 0)
            : Holds(keyword, value.GetDouble().CompareTo(bound.GetDouble()), keyword == "multipleOf" && double.IsInteger(value.GetDouble() / bound.GetDouble()));
        return holds ? null : keyword switch
        {
            "minimum" => $"is {value}, below {bound}",
            "maximum" => $"is {value}, above {bound}",
            "exclusiveMinimum" => $"is {value}, not above {bound}",
            "exclusiveMaximum" => $"is {value}, not below {bound}",
            _ => $"is {value}, no multiple of {bound}",
        };
    }

    private static bool Holds(string keyword, int order, bool isMultiple) => keyword switch
    {
        "minimum" => order >= 0,
        "maximum" => order <= 0,
        "exclusiveMinimum" => order > 0,
        "exclusiveMaximum" => order < 0,
        _ => isMultiple,
    };
}
