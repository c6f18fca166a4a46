using System.Globalization;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>What a simulation assumes beyond the truths, and what of the definition it leaves out.</summary>
internal static class SimulationNotes
{
    public static IEnumerable<string> Of(Experiment experiment, SimulatedMetric[] metrics, SimulatedCells cells, SimulationOptions options)
    {
        if (experiment.Plan.Method == PlanMethod.Hybrid) yield return $"a hybrid plan may be looked at all the time; here it is reported {SimulatedCalendar.HybridReports} times, the last at the planned end";
        var covariates = experiment.Plan.Covariates;
        if (!covariates.IsEmpty) yield return Followed(metrics, string.Join(", ", covariates.Select(c => c.Name)), covariates.Length > 1, options);
        if (metrics.Length > 1)
            yield return options.MetricCorrelation == 0
                ? $"one unit's metrics are drawn independently of each other{(covariates.IsEmpty ? "" : ", but for what covariates explain")} (--metric-correlation)"
                : Line($"each two metrics of a unit correlate by {options.MetricCorrelation}, on the normal scale");
        if (options.ClusterSize is { } size) yield return Line($"a unit has {size:0.##} rows on average, geometric, alike by {SimulatedUnits.AlikeIn(metrics, covariates.Length, options):0.###}; shares are yes or no of the whole unit");
        else if (SimulatedUnits.AlikeIn(metrics, covariates.Length, options) is var alike and > 0) yield return Line($"rows of one unit are alike by {alike} ({(options.IntraclassCorrelation is null ? "assumed: --icc" : "--icc")})");
        if (experiment.Unit == UnitKind.Cluster) yield return "units are clusters: what is drawn is one value of each, and with few of them reports use the t test of clusters";
        foreach (var told in cells.Told)
            yield return Line($"{told.Attribute} = {told.Value} is {Math.Round(told.Share!.Value, 4)} of the units{(options.Segments.Any(s => s.Attribute == told.Attribute && s.Value == told.Value && s.Share is not null) ? "" : " (assumed: --segment-share)")}, {(told.Effect is { } effect ? Line($"with an effect of {effect}") : "with the same effect as elsewhere")}; the control is alike everywhere");
        foreach (var left in Left(experiment, cells, options)) yield return left;
    }

    private static string Followed(SimulatedMetric[] metrics, string names, bool areSeveral, SimulationOptions options)
    {
        var followed = metrics.Where(SimulatedUnits.FollowsCovariates).ToLookup(m => m.Role == MetricRole.Primary, m => m.Metric.Name);
        if (followed.Count == 0) return $"{names}: the plan's metrics are quantiles, which no covariate adjusts";
        var with = followed[true].Any() ? Line($"correlate{(areSeveral ? "" : "s")} by {options.CovariateCorrelation:0.###}{(areSeveral ? " together" : "")} with {string.Join(", ", followed[true])}") : "";
        if (followed[false].Any()) with += Line($"{(with == "" ? Line($"correlate{(areSeveral ? "" : "s")} by {options.CovariateCorrelation:0.###}") : ", and as much")} on the normal scale with {string.Join(", ", followed[false])}");
        return $"the covariate{(areSeveral ? "s" : "")} {names} {with} (--covariate-correlation); every unit has a value";
    }

    private static IEnumerable<string> Left(Experiment experiment, SimulatedCells cells, SimulationOptions options)
    {
        if (BoundaryWarning.Of(experiment.Plan) is { } spends) yield return spends.Text;
        if (experiment.Segments.Any(s => !cells.Attributes.Contains(s.Attribute)))
            yield return $"segments without critical values decide nothing and are not simulated: {string.Join(", ", experiment.Segments.Where(s => !cells.Attributes.Contains(s.Attribute)).Select(s => s.Attribute))}";
        if (experiment.MetricsOf(MetricRole.Guardrail).Any(m => experiment.Guardrails.All(g => g.Metric != m.Metric.Name || !g.HasLimit)))
            yield return "guardrails without a limit can only warn and are not simulated";
        if (experiment.Guardrails.Any(GuardrailSequences.IsSequential)) yield return "sequential guardrails are held against their limits at looks only, not between them";
        if (!experiment.Plan.Strata.IsEmpty) yield return "the strata are not simulated: with them intervals are at most as wide";
        if (experiment.Plan.BurnIn > TimeSpan.Zero) yield return "the burn-in is over: every unit counts";
        if (experiment.Plan.MinimumDays > 0 && options.Daily is null) yield return Line($"the minimum of {experiment.Plan.MinimumDays} days plays no part: say the traffic with --daily");
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
