namespace Assay.Events;

/// <summary>Whom an outcome, score or label is about: at least one is set; a more specific one wins (generation, response, exposure, unit).</summary>
/// <param name="Unit">Any id by which the unit was known at its exposure.</param>
/// <param name="ExposureId">As in the header <c>x-assay-exposure-id</c>.</param>
/// <param name="GenerationId">As in the header <c>x-assay-generation-id</c>.</param>
/// <param name="ResponseId">The upstream's own id of the response (<c>chatcmpl-…</c>).</param>
public sealed record EventTarget(string? Unit = null, string? ExposureId = null, string? GenerationId = null, string? ResponseId = null);
