using Assay.Events;

namespace Assay.Storage;

/// <summary>What the events of one arm say.</summary>
/// <param name="Moments">Null without an event.</param>
/// <param name="InvalidRows">Rows refused.</param>
internal sealed record QuantileArm(QuantileArmMoments? Moments, long InvalidRows);
