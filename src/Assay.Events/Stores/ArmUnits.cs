namespace Assay.Events;

/// <summary>Units of one arm.</summary>
/// <param name="Variant">Key of the variant.</param>
/// <param name="Exposed">Units whose first exposure was to this arm, before any exclusion: what SRM is tested on.</param>
/// <param name="Crossed">Those of them that later met another arm: set aside from the main analysis.</param>
public sealed record ArmUnits(string Variant, long Exposed, long Crossed);
