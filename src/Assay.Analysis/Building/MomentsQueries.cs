using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Asks for moments in the way that a report of the experiment needs them.</summary>
public static class MomentsQueries
{
    /// <summary>All events of the version, with quantile intervals at the plan's alpha; hand its <c>QuantileZ</c> on in <see cref="ReportOptions"/>.</summary>
    public static MomentsQuery For(Experiment experiment, int version)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new MomentsQuery(experiment, version, QuantileZ: StandardNormal.Critical(experiment.Plan.Alpha)) { WithDiagnostics = true };
    }
}
