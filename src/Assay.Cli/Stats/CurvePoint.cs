namespace Assay.Cli.Stats;

/// <summary>What a number of days finds.</summary>
/// <param name="Day">Days since the start.</param>
/// <param name="Units">Units in all arms together by then.</param>
/// <param name="Effect">The smallest effect found with the plan's power, without its sign; null when no effect, however large, would be.</param>
internal sealed record CurvePoint(int Day, long Units, double? Effect);
