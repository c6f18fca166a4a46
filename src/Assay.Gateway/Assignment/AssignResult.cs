using System.Text.Json;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>One row of the answer of POST /api/v1/assign.</summary>
internal sealed class AssignResult(string experiment, ServedExperiment? served)
{
    public ServedExperiment? Served { get; } = served;

    /// <summary>Set when the unit is in the experiment.</summary>
    public AssignedVariant? Assigned { get; set; }

    /// <summary>What is served without an assignment: the variant that a conclusion chose.</summary>
    public VariantOverlay? Chosen { get; set; }
    public AssignmentDecision Decision { get; set; } = new(-1, -1, 0, AssignmentReason.NotRunning);
    public bool IsExposed { get; set; }

    public void Write(Utf8JsonWriter writer)
    {
        var overlay = Assigned?.Overlay ?? Chosen;
        writer.WriteStartObject();
        writer.WriteString("experiment"u8, experiment);
        if (Served is null) writer.WriteNull("version"u8);
        else writer.WriteNumber("version"u8, Served.Version);
        writer.WriteString("variant"u8, overlay?.Variant.Key);
        if (Decision.Bucket < 0) writer.WriteNull("bucket"u8);
        else writer.WriteNumber("bucket"u8, Decision.Bucket);
        if (Assigned is null) writer.WriteNull("propensity"u8);
        else writer.WriteNumber("propensity"u8, Decision.Propensity);
        writer.WritePropertyName("config"u8);
        if (overlay?.Variant.Config is { } config) config.WriteTo(writer);
        else writer.WriteNullValue();
        writer.WriteString("exposureId"u8, IsExposed ? Assigned?.ExposureId : null);
        writer.WriteString("reason"u8, Reasons.Of(Decision.Reason));
        writer.WriteEndObject();
    }
}
