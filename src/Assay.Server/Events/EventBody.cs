using Assay.Events;

namespace Assay.Server;

/// <summary>A body of events as it was read.</summary>
/// <param name="Readings">One per event, good or bad; of a malformed array those before the break.</param>
/// <param name="Problem">What is wrong with the body as a whole; null when nothing is.</param>
/// <param name="TooLarge">Whether it was cut off at the limit.</param>
internal sealed record EventBody(IReadOnlyList<EventReading> Readings, string? Problem, bool TooLarge = false);
