using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Reduces a report to the facts that decide.</summary>
internal static class FactsBuilder
{
    public static VerdictFacts Build(
        Experiment experiment, ReportOptions options, Report report, ImmutableArray<Comparison> comparisons, RowBuilder rows, ImmutableArray<ArmUnits> arms, Stage stage) => new()
        {
            Invalidities = [.. TrafficChecks.Invalidities(report.Srm, arms), .. options.Invalidities],
            RolledBackReason = options.RolledBackReason,
            IsDecisionPoint = !stage.IsBetween,
            IsFinal = report.IsFinal,
            WatchesHarm = experiment.Plan.Method == PlanMethod.Hybrid,
            LookName = stage.Look is { } look ? $"look {look} of {stage.Plan.Fractions.Length}" : null,
            EndedEarly = options.HasEnded && !stage.IsLast ? EndedEarly(report) : null,
            Rule = experiment.Plan.PrimaryRule,
            Treatments = [.. experiment.Variants.Skip(1).Select(v => new TreatmentFacts(
            v.Key,
            [.. comparisons.Where(c => c.Variant == v.Key && c.Declared.Role == MetricRole.Primary).Select(c => Primary(experiment, c, rows, stage))],
            [.. report.Guardrails.Where(g => g.Variant == v.Key).Select(g => new LimitFacts(g.Metric, g.State, g.Text, IsAlwaysValid: g.Method == GuardrailRow.Sequential)),
             .. SegmentReports.Limits(experiment, report.Segments, v.Key),
             .. SegmentChecks.Limits(report.Diagnostics?.Simpson ?? [], v.Key)]))],
            Indistinguishable = Indistinguishable(experiment, comparisons, options),
        };

    private static string EndedEarly(Report report) =>
        $"the experiment was ended at {VerdictWriter.Progress(report)}, before its planned end"
        + (report.PlannedUnits is { } planned && planned > report.MaturedUnits ? $"; {Numbers.Count(planned - report.MaturedUnits)} more were needed" : "");

    private static PrimaryFacts Primary(Experiment experiment, Comparison c, RowBuilder rows, Stage stage)
    {
        var sign = c.Metric.Better == Direction.Higher ? 1 : -1;
        return new PrimaryFacts
        {
            Metric = c.Metric.Name,
            Estimate = c.Effect.IsEstimated ? sign * c.Effect.Difference : null,
            Interval = RowBuilder.Turned(c.Metric, c.Effect.Interval),
            Look = stage.IsBetween ? null : c.Look?.Result ?? (stage.Kind == IntervalKind.Repeated ? LookResult.Continue : null),
            IsHarmAlwaysValid = c.Hybrid is { MayAct: true },
            Rule = stage.IsBetween && c.Hybrid is null ? null : RuleText.Of(c, experiment, stage),
            EquivalenceInterval = rows.Equivalence(c.Metric, c.Moments, c.Variant),
            MinimumEffect = c.MinimumEffect,
            Reason = c.Effect.Reason,
            // Asked for only where it may be said: sizes of means take milliseconds.
            MoreUnits = stage.IsLast && c.Effect.Interval is { Low: <= 0, High: >= 0 }
                ? MoreUnits.For(c.Metric, experiment.Plan, c.Effect, c.MinimumEffect, RowBuilder.Arm(c.Moments.Arms, experiment.Control.Key), RowBuilder.Arm(c.Moments.Arms, c.Variant))
                : null,
        };
    }

    /// <summary>Treatments against each other on the first primary.</summary>
    private static ImmutableArray<VariantPair> Indistinguishable(Experiment experiment, ImmutableArray<Comparison> comparisons, ReportOptions options)
    {
        var first = experiment.MetricsOf(MetricRole.Primary).First().Metric.Name;
        var candidates = comparisons.Where(c => c.Metric.Name == first).ToArray();
        var pairs = ImmutableArray.CreateBuilder<VariantPair>();
        for (var i = 0; i < candidates.Length; i++)
            for (var j = i + 1; j < candidates.Length; j++)
            {
                Comparison a = candidates[i], b = candidates[j];
                var effect = EffectEstimator.Estimate(
                    a.Metric, RowBuilder.Arm(a.Moments.Arms, a.Variant), RowBuilder.Arm(b.Moments.Arms, b.Variant), experiment.Plan.Alpha, options.QuantileZ);
                if (effect.Interval is not { } interval || (interval.Low <= 0 && interval.High >= 0)) pairs.Add(new VariantPair(a.Variant, b.Variant));
            }
        return pairs.ToImmutable();
    }
}
