using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>From moments to a decision by the same rules as a report, but without its numbers and words: microseconds, for simulations.</summary>
public static class PlanDecider
{
    /// <param name="plan">Made once for the experiment.</param>
    /// <param name="moments">As read for a report.</param>
    /// <param name="options">As for a report; its looks are the history.</param>
    public static PlanDecision Decide(SequentialPlan plan, ExperimentMoments moments, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(moments);
        ArgumentNullException.ThrowIfNull(options);
        var experiment = plan.Experiment;
        moments = ClusterEffect.Mark(experiment, moments);
        var byName = moments.Metrics.DistinctBy(m => m.Metric).ToDictionary(m => m.Metric);
        var matured = experiment.MetricsOf(MetricRole.Primary).Min(m => byName[m.Metric.Name].Arms.Sum(a => a.Matured));
        var isFinal = PlannedEnd.IsReached(experiment, options, plan.PlannedUnits, matured, moments.DataUntil);
        var stage = Stage.Of(plan, options, isFinal, matured, moments.DataUntil);
        // What is rare in a simulation, or has nothing to save, goes the long way.
        var isShort = stage.Kind == IntervalKind.Repeated || (stage.IsBetween && !options.HasEnded && !experiment.Guardrails.Any(GuardrailSequences.IsSequential));
        if (stage.IsBetween && experiment.Plan.Method == PlanMethod.Hybrid) isShort &= !ShowsHarm(plan, byName, stage, options.QuantileZ);
        if (!isShort)
        {
            var report = ReportBuilder.Build(experiment, moments, options with { Sequential = plan });
            return new(report.Verdict.Decision, report.Verdict.Variant, report.Looks, report.Look is not null, report.Ends) { Segments = report.Segments };
        }
        if (stage.IsBetween) return new(Decision.KeepRunning, experiment.Variants is [_, var only] ? only.Key : null, stage.Looks, false, false);

        stage.Judge(matured, moments, plan.Statistics(byName, Complements.Find(experiment, byName), options.QuantileZ));
        var arms = ReportBuilder.InOrder(experiment, moments.Arms);
        var rows = new RowBuilder(experiment, arms, options.QuantileZ, stage);
        var segments = SegmentReports.All(experiment, [.. moments.Segments.Select(s => s with { Arms = ReportBuilder.InOrder(experiment, s.Arms) })], options.QuantileZ, stage);
        var mixes = SegmentChecks.Simpson(experiment, moments.Segments);
        var outcome = VerdictRules.Decide(new VerdictFacts
        {
            Invalidities = [.. TrafficChecks.Invalidities(TrafficChecks.SampleRatio(SampleRatios.Running(experiment, arms, moments.Diagnostics?.Arrivals ?? [], isFinal)), arms), .. options.Invalidities],
            RolledBackReason = options.RolledBackReason,
            IsDecisionPoint = true,
            IsFinal = isFinal,
            Rule = experiment.Plan.PrimaryRule,
            Treatments = [.. experiment.Variants.Skip(1).Select(v => new TreatmentFacts(
                v.Key,
                [.. experiment.MetricsOf(MetricRole.Primary).Select(m => Primary(m.Metric, byName[m.Metric.Name], v.Key, rows, stage))],
                [.. Limits(experiment, byName, v.Key, rows, stage), .. SegmentReports.Limits(experiment, segments, v.Key), .. SegmentChecks.Limits(mixes, v.Key)]))],
        });
        return new(outcome.Decision, outcome.Variant, stage.Looks, true, isFinal || ReportBuilder.EndsEarly(outcome)) { Segments = segments };
    }

    /// <summary>Whether any bound of a hybrid plan is crossed; then the report says what follows.</summary>
    private static bool ShowsHarm(SequentialPlan plan, Dictionary<string, MetricMoments> byName, Stage stage, double quantileZ)
    {
        var experiment = plan.Experiment;
        var family = experiment.MetricsOf(MetricRole.Primary).Count() * (experiment.Variants.Length - 1);
        foreach (var primary in experiment.MetricsOf(MetricRole.Primary))
            foreach (var variant in experiment.Variants.Skip(1))
            {
                var arms = byName[primary.Metric.Name].Arms;
                MetricArmMoments control = RowBuilder.Arm(arms, experiment.Control.Key), treatment = RowBuilder.Arm(arms, variant.Key);
                var effect = EffectEstimator.Estimate(primary.Metric, control, treatment, experiment.Plan.Alpha, quantileZ);
                // A family with mirrored primaries shares by fewer: nearly crossed is worth a full report too.
                if (plan.HybridBounds.ShowsHarm(primary.Metric, control, treatment, effect, experiment.Plan.Alpha / 2 / (Complements.Find(experiment, byName).Count > 0 ? 1 : family), stage.TunedFor(variant.Key))) return true;
            }
        return false;
    }

    private static PrimaryFacts Primary(Metric metric, MetricMoments moments, string variant, RowBuilder rows, Stage stage)
    {
        var found = LookJudge.Settled(stage.Looks, metric.Name, variant)?.Comparison
            ?? stage.Looks[^1].Comparisons.FirstOrDefault(c => c.Metric == metric.Name && c.Variant == variant);
        return new PrimaryFacts
        {
            Metric = metric.Name,
            Estimate = metric.Better == Direction.Higher ? found?.Difference : -found?.Difference,
            Look = found?.Result ?? LookResult.Continue,
            EquivalenceInterval = stage.IsLast ? rows.Equivalence(metric, moments, variant) : null,
            MinimumEffect = stage.IsLast ? PlannedSize.MinimumEffectOf(stage.Plan.Experiment.Plan, EffectEstimator.ValueOf(metric.Type, RowBuilder.Arm(moments.Arms, stage.Plan.Experiment.Control.Key))) : null,
        };
    }

    private static IEnumerable<LimitFacts> Limits(Experiment experiment, Dictionary<string, MetricMoments> byName, string variant, RowBuilder rows, Stage stage) =>
        from guardrail in experiment.Guardrails
        let declared = experiment.Metrics.First(m => m.Metric.Name == guardrail.Metric)
        from row in ReportBuilder.Limits(guardrail, rows.Compare(declared, byName[guardrail.Metric], variant, experiment.Plan.Alpha), rows, stage)
        select new LimitFacts(row.Metric, row.State, row.Text, IsAlwaysValid: row.Method == GuardrailRow.Sequential);
}
