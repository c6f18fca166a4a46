using System.Text.Json.Serialization;

namespace Assay.Analysis;

/// <summary>An interval as the JSON <c>[low, high]</c>; an end that is unknown or unbounded is null.</summary>
[JsonConverter(typeof(ReportIntervalConverter))]
public readonly record struct ReportInterval(double? Low, double? High)
{
    /// <summary>Ends that are not finite become null.</summary>
    public static ReportInterval Of(double low, double high) =>
        new(double.IsFinite(low) ? low : null, double.IsFinite(high) ? high : null);

    /// <summary>The interval with good turned upwards; unknown ends are infinite.</summary>
    internal (double Low, double High) Turned(bool higherIsBetter) => higherIsBetter
        ? (Low ?? double.NegativeInfinity, High ?? double.PositiveInfinity)
        : (-(High ?? double.PositiveInfinity), -(Low ?? double.NegativeInfinity));
}
