using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>The units that entered on one day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Arms">Their moments, one per variant.</param>
public sealed record EntryDay(DateOnly Day, ImmutableArray<MetricArmMoments> Arms);
