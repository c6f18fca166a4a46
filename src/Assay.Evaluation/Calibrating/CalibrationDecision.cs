using System.Text.Json.Serialization;

namespace Assay.Evaluation;

/// <summary>Whether a judge may stand in for humans.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CalibrationDecision>))]
public enum CalibrationDecision
{
    /// <summary>Agreement reaches the threshold, on enough labels.</summary>
    [JsonStringEnumMemberName("calibrated")] Calibrated,

    /// <summary>Agreement is below the threshold.</summary>
    [JsonStringEnumMemberName("recalibrate judge")] Recalibrate,

    /// <summary>Agreement reaches the threshold, but on fewer than 30 labels.</summary>
    [JsonStringEnumMemberName("too few to tell")] TooFewToTell,
}
