using System.Globalization;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What must be said of declared covariates.</summary>
internal static class CovariateWarnings
{
    public const double MissingDiffersBelow = 0.01;

    public static IEnumerable<ReportWarning> Of(Experiment experiment, IReadOnlyDictionary<string, MetricMoments> moments, IReadOnlyCollection<MetricRow> rows)
    {
        var covariates = experiment.Plan.Covariates;
        if (covariates.IsEmpty) yield break;
        var names = string.Join(", ", covariates.Select(c => c.Name));
        if (!rows.Any(r => r.VarianceReduction is not null))
            yield return new("covariate-not-used", $"no estimate could be adjusted by {names}: {rows.Select(r => r.NotAdjusted).OfType<string>().FirstOrDefault() ?? "nothing could be estimated"}");
        var primary = experiment.MetricsOf(MetricRole.Primary).FirstOrDefault(m => m.Metric.Type != MetricType.Quantile) ?? experiment.Metrics.FirstOrDefault(m => m.Metric.Type != MetricType.Quantile);
        if (primary is null || moments[primary.Metric.Name].Arms.Any(a => a.Covariate is null && a.Units > 0)) yield break;
        var arms = moments[primary.Metric.Name].Arms;
        for (var j = 0; j < covariates.Length; j++)
            foreach (var warning in Gaps(covariates[j].Name, [.. arms.Select(a => (a.Variant, Missing: a.Covariate?.Missing[j] ?? 0, a.Units))])) yield return warning;
    }

    private static IEnumerable<ReportWarning> Gaps(string name, (string Variant, long Missing, long Units)[] arms)
    {
        long missing = arms.Sum(a => a.Missing), units = arms.Sum(a => a.Units);
        if (missing == 0) yield break;
        if (missing == units)
        {
            yield return new("covariate-unknown", $"no unit has a value of the covariate {name}; nothing is adjusted by it");
            yield break;
        }
        yield return new("covariate-missing", string.Create(CultureInfo.InvariantCulture,
            $"{missing:N0} of {units:N0} units have no value of the covariate {name}; they are given the mean of the others and marked by another covariate"));
        var control = arms[0];
        foreach (var arm in arms.Skip(1))
            if (control.Units > 0 && arm.Units > 0
                && TwoProportions.PooledZ(new Proportion(control.Missing, control.Units), new Proportion(arm.Missing, arm.Units)) is { IsEstimable: true } z && StandardNormal.TwoSidedTail(z.Value) < MissingDiffersBelow)
                yield return new("covariate-missing-differs", $"the covariate {name} is missing in another share of '{arm.Variant}' than of '{control.Variant}': the treatment may have touched it, and then adjusting by it is wrong");
    }
}
