using System.Collections.Immutable;

namespace Assay.Events;

/// <summary>One arm's fixed cohort by day since exposure.</summary>
/// <param name="Variant">Key of the variant.</param>
/// <param name="Units">Units that were observed on all the days.</param>
/// <param name="Days">Day 0 first.</param>
/// <param name="SlopeStandardError">Error of the least-squares slope of the values over the days, from unit to unit; 0 below 2 units.</param>
public sealed record CohortArm(string Variant, long Units, ImmutableArray<CohortDay> Days, double SlopeStandardError);
