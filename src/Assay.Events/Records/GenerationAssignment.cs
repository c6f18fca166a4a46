namespace Assay.Events;

/// <summary>The arm to which a generation counts, whatever served it (intention to treat).</summary>
public sealed record GenerationAssignment(string Experiment, int Version, string Variant, string ExposureId, string Reason);
