using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis.Tests;

/// <summary>An experiment that is followed over its looks, with statistics of a wanted size.</summary>
internal sealed class GivenLooks(Experiment experiment)
{
    public SequentialPlan Plan { get; } = SequentialPlan.Of(experiment);

    public ImmutableArray<LookRecord> Looks { get; private set; } = [];

    /// <summary>One mean as the primary, sized with a standard deviation of 1.</summary>
    public static Experiment Mean(AnalysisPlan plan, Direction better = Direction.Higher, double[]? weights = null) =>
        GivenExperiment.With([new(GivenExperiment.Mean("csat", better), MetricRole.Primary)], plan, weights: weights);

    public static AnalysisPlan Four { get; } = GivenExperiment.Planned(0.1, null, 1, 0.25, 0.5, 0.75, 1);

    /// <summary>The live report when a fraction of the planned units is there; treatments differ from the control by so many standard errors.</summary>
    public Report At(double fraction, params double[] z)
    {
        var report = ReportBuilder.Build(experiment, MomentsAt(fraction, z), new ReportOptions { IsLive = true, RemembersLooks = true, Looks = Looks, Sequential = Plan });
        Looks = report.Looks;
        return report;
    }

    public Report File(double fraction, double[] z, bool isFinal = false) => ReportBuilder.Build(experiment, MomentsAt(fraction, z), new ReportOptions { IsFinal = isFinal });

    public ExperimentMoments MomentsAt(double fraction, params double[] z)
    {
        var perArm = (long)Math.Ceiling(fraction * Plan.PlannedUnits!.Value / experiment.Variants.Length);
        return GivenMoments.Of(GivenMoments.Metric("csat", [
            GivenMoments.Value("control", 3, 1, perArm),
            .. experiment.Variants.Skip(1).Select((v, i) => GivenMoments.Value(v.Key, 3 + z[i] * Math.Sqrt(2.0 / perArm), 1, perArm))]));
    }
}
