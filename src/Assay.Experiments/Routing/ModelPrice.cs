namespace Assay.Experiments;

/// <summary>What a model's tokens cost. All in US dollars; null where not declared.</summary>
/// <param name="Model">The model's name as the upstream reports or is asked for it.</param>
/// <param name="InputPer1M">Per million input tokens.</param>
/// <param name="CachedInputPer1M">Per million input tokens read from the provider's cache; absent: as input.</param>
/// <param name="OutputPer1M">Per million output tokens.</param>
/// <param name="GpuUsdPerHour">For self-hosted models: per hour of one request's wall time.</param>
/// <param name="From">First day on which the price holds; null: always.</param>
public sealed record ModelPrice(string Model, double? InputPer1M, double? CachedInputPer1M, double? OutputPer1M, double? GpuUsdPerHour, DateOnly? From);
