using System.Collections.Immutable;
using System.Globalization;
using Assay.Events;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Whether the traffic is what the definition promised: sample ratio, and units that met two arms.</summary>
internal static class TrafficChecks
{
    public const double MismatchBelow = 0.001;
    public const double SuspiciousBelow = 0.01;
    public const double LargestCrossedShare = 0.01;

    /// <summary>On first exposures, before any exclusion: while running the test that may be repeated, at the end the one that is made once.</summary>
    public static ReportSrm SampleRatio(RunningSrm tests) =>
        (tests.Method == SampleRatios.AtTheEnd ? tests.ChiSquarePValue : tests.RunningPValue) is { } p ? new ReportSrm(p, p >= MismatchBelow) : new ReportSrm(null, null);

    public static IEnumerable<VerdictReason> Invalidities(ReportSrm srm, ImmutableArray<ArmUnits> arms)
    {
        if (arms.Any(a => a.Exposed < 0 || a.Crossed < 0 || a.Crossed > a.Exposed))
        {
            yield return new("impossible-counts", null, "a number of units is negative, or more units crossed arms than were exposed");
            yield break;
        }
        if (srm.Ok == false)
            yield return new("srm", null, string.Create(CultureInfo.InvariantCulture,
                $"the arms are not as large as their weights promise ({string.Join(", ", arms.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Variant} {a.Exposed:N0}")))}): assignment or recording is broken"));
        long exposed = arms.Sum(a => a.Exposed), crossed = arms.Sum(a => a.Crossed);
        if (crossed > LargestCrossedShare * exposed)
            yield return new("crossed-units", null, string.Create(CultureInfo.InvariantCulture,
                $"{crossed:N0} of {exposed:N0} units met more than one arm, more than 1 %: assignment is not sticky"));
        foreach (var arm in arms.Skip(1))
            if (CrossingDiffers(arms[0], arm))
                yield return new("crossing-differs", null, string.Create(CultureInfo.InvariantCulture,
                    $"units left '{arm.Variant}' for another arm at another rate ({arm.Crossed:N0} of {arm.Exposed:N0}) than '{arms[0].Variant}' ({arms[0].Crossed:N0} of {arms[0].Exposed:N0}): what is left is not comparable"));
    }

    private static bool CrossingDiffers(ArmUnits control, ArmUnits treatment)
    {
        if (control.Exposed == 0 || treatment.Exposed == 0) return false;
        var result = TwoProportions.Compare(new Proportion(control.Crossed, control.Exposed), new Proportion(treatment.Crossed, treatment.Exposed), 0.05);
        return result.IsEstimable && result.Value.PValue.IsEstimable && result.Value.PValue.Value < MismatchBelow;
    }
}
