using System.Collections.Immutable;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>Sufficient statistics in, report out. Pure: the same definition, moments and options give the same report.</summary>
public static class ReportBuilder
{
    /// <param name="experiment">The definition that was declared before the data.</param>
    /// <param name="moments">As <see cref="IMomentSource"/> reads them, quantile intervals at the plan's alpha.</param>
    /// <param name="options">Version, and whether the data are complete.</param>
    /// <exception cref="ArgumentException">The experiment has no primary metric, or the moments lack a variant or metric of it.</exception>
    public static Report Build(Experiment experiment, ExperimentMoments moments, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(moments);
        options ??= ReportOptions.Default;
        if (!experiment.MetricsOf(MetricRole.Primary).Any()) throw new ArgumentException("the experiment has no primary metric", nameof(experiment));

        moments = ClusterEffect.Mark(experiment, moments);
        var arms = InOrder(experiment, moments.Arms);
        var byName = moments.Metrics.DistinctBy(m => m.Metric).ToDictionary(m => m.Metric);
        var sequential = options.Sequential ?? SequentialPlan.Of(experiment);
        var planned = sequential.PlannedUnits;
        var matured = experiment.MetricsOf(MetricRole.Primary).Min(m => Moments(byName, m).Arms.Sum(a => a.Matured));
        var isFinal = PlannedEnd.IsReached(experiment, options, planned, matured, moments.DataUntil);
        var stage = Stage.Of(sequential, options, isFinal, matured, moments.DataUntil);
        var rows = new RowBuilder(experiment, arms, options.QuantileZ, stage);
        var complements = Complements.Find(experiment, byName);
        var families = new Families(experiment, rows, stage, complements);
        if (stage.Kind == IntervalKind.Repeated) stage.Judge(matured, moments, sequential.Statistics(byName, complements, options.QuantileZ));
        var comparisons = families.Apply([.. experiment.Metrics.SelectMany(m => experiment.Variants.Skip(1).Select(v => rows.Compare(m, Moments(byName, m), v.Key, experiment.Plan.Alpha)))]);
        var metrics = BayesianRows.Add(experiment, [.. comparisons.Select(rows.Row)], byName, rows);

        var diagnostics = DiagnosticsBuilder.Build(experiment, moments, arms, isFinal);
        var srm = TrafficChecks.SampleRatio(diagnostics.Srm);
        var guardrails = Guardrails(experiment, comparisons, rows, stage);
        var segments = SegmentReports.Adjust(experiment, SegmentReports.All(experiment, [.. moments.Segments.Select(s => s with { Arms = InOrder(experiment, s.Arms) })], options.QuantileZ, stage));

        var report = new Report
        {
            Experiment = experiment.Key,
            Version = options.Version,
            DefinitionHash = options.HasDefinition ? experiment.DefinitionHash : null,
            Verdict = new Verdict(Decision.KeepRunning, null, "", [], ""),
            Srm = srm,
            Units = SegmentReports.UnitsOf(arms),
            PlannedUnits = planned,
            Look = stage.Look,
            DataUntil = moments.DataUntil,
            Metrics = metrics,
            Segments = segments,
            Warnings = [
                .. Warnings.Of(srm, arms),
                .. Warnings.OfUnknownVariants(moments.UnknownVariants),
                .. byName.Values.SelectMany(m => Warnings.OfMetric(experiment.Metrics.First(x => x.Metric.Name == m.Metric).Metric, m, metrics.Any(r => r.Metric == m.Metric && r.PermutationPValue is not null))),
                // Before its end a hybrid plan tests harm only, while the range shows both sides.
                .. metrics.Where(m => isFinal || experiment.Plan.Method != PlanMethod.Hybrid || m.Role != "primary").SelectMany(Warnings.OfRow),
                .. metrics.SelectMany(row => ClusteredRows.Warnings(row, Words.UnitOf(experiment.Unit))),
                .. comparisons.SelectMany(FewEvents.Of),
                .. Warnings.OfComplements(complements),
                .. Warnings.OfPlan(experiment, stage, families.Opened, moments.BurnInUnits),
                .. BayesianRows.Warnings(experiment),
                .. Warnings.OfHybrid(comparisons, isFinal),
                .. CovariateWarnings.Of(experiment, byName, metrics),
                .. StratumWarnings.Of(experiment, byName, metrics),
                .. GuardrailWarnings.Of(experiment, metrics, guardrails, isFinal),
                .. DiagnosticWarnings.Of(experiment, diagnostics)],
            UnitKind = Words.UnitOf(experiment.Unit),
            IsFinal = isFinal,
            MaturedUnits = matured,
            Alpha = experiment.Plan.Alpha,
            Guardrails = guardrails,
            // What a look was judged on stays with it: the next one sees other traffic.
            Looks = [.. stage.Looks.Select(look => look.Look == stage.Look && !look.IsAssumed ? look with { Srm = look.Srm ?? srm } : look)],
            NextLookUnits = stage.NextLookUnits,
            PlanMethod = experiment.Plan.Method,
            PlannedLooks = experiment.Plan.Looks.Length > 1 ? experiment.Plan.Looks.Length : null,
            Ends = isFinal,
            Diagnostics = diagnostics,
        };
        var outcome = VerdictRules.Decide(FactsBuilder.Build(experiment, options, report, comparisons, rows, arms, stage));
        return report with { Verdict = VerdictWriter.Write(outcome, report), Ends = isFinal || EndsEarly(outcome) };
    }

    /// <summary>A crossed boundary or a broken limit ends an experiment early; giving up is advice that may be ignored, and a held variant may still be cleared.</summary>
    internal static bool EndsEarly(VerdictOutcome outcome) =>
        outcome.Decision == Decision.Ship || (outcome.Decision == Decision.DoNotShip && outcome.Reasons.All(r => r.Code != "futility"));

    private static MetricMoments Moments(Dictionary<string, MetricMoments> byName, ExperimentMetric declared) =>
        byName.TryGetValue(declared.Metric.Name, out var moments) ? moments
        : throw new ArgumentException($"the moments lack the metric '{declared.Metric.Name}'", nameof(byName));

    private static ImmutableArray<GuardrailRow> Guardrails(Experiment experiment, ImmutableArray<Comparison> comparisons, RowBuilder rows, Stage stage) =>
        [.. experiment.Guardrails.SelectMany(g => comparisons.Where(c => c.Metric.Name == g.Metric).DistinctBy(c => c.Variant).SelectMany(c => Limits(g, c, rows, stage)))];

    internal static IEnumerable<GuardrailRow> Limits(Guardrail guardrail, Comparison c, RowBuilder rows, Stage stage)
    {
        var experiment = stage.Plan.Experiment;
        // Limits are decided at the plan's alpha also when the metric is a primary that shares it or that a look has settled.
        var effect = c.Alpha == experiment.Plan.Alpha && c.Kind != IntervalKind.StageWise && c.Hybrid is null ? c.Effect : rows.Estimate(c.Metric, c.Moments, c.Variant, experiment.Plan.Alpha);
        if (!GuardrailSequences.IsSequential(guardrail)) return GuardrailRows.Of(guardrail, c.Metric, c.Variant, effect, UnitsOf(c));
        var share = GuardrailSequences.Share(experiment);
        MetricArmMoments control = RowBuilder.Arm(c.Moments.Arms, experiment.Control.Key), treatment = RowBuilder.Arm(c.Moments.Arms, c.Variant);
        return GuardrailRows.Of(guardrail, c.Metric, c.Variant, effect, UnitsOf(c),
            limit => GuardrailSequences.Of(limit, c.Metric, control, treatment, share, stage.TunedFor(c.Variant)), share, stage.IsLast);
    }

    private static long UnitsOf(Comparison c) => RowBuilder.Arm(c.Moments.Arms, c.Variant) is var arm && c.Metric.Type == MetricType.Quantile ? arm.Quantile?.Units ?? 0 : arm.Units;

    internal static ImmutableArray<ArmUnits> InOrder(Experiment experiment, ImmutableArray<ArmUnits> arms) =>
        [.. experiment.Variants.Select(v => arms.FirstOrDefault(a => a.Variant == v.Key) ?? new ArmUnits(v.Key, 0, 0))];
}
