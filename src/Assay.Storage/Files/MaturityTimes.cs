using System.Collections.Immutable;

namespace Assay.Storage;

/// <summary>When, in the order of a file's own times, so many units had complete outcomes.</summary>
/// <param name="FirstExposure">Of the first unit; null when there is none.</param>
/// <param name="LastEvent">The end of the data; null when there is none.</param>
/// <param name="Times">For each number asked for, in its order, the first moment at which every primary had as many matured units; null when the file never gets there.</param>
public sealed record MaturityTimes(DateTimeOffset? FirstExposure, DateTimeOffset? LastEvent, ImmutableArray<DateTimeOffset?> Times);
