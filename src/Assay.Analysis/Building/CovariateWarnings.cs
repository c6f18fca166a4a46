using System.Globalization;
using Assay.Events;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>What must be said of a declared covariate.</summary>
internal static class CovariateWarnings
{
    public const double MissingDiffersBelow = 0.01;

    public static IEnumerable<ReportWarning> Of(Experiment experiment, IReadOnlyDictionary<string, MetricMoments> moments, IReadOnlyCollection<MetricRow> rows)
    {
        if (experiment.Plan.Covariate is not { } covariate) yield break;
        var name = NameOf(covariate);
        if (!rows.Any(r => r.VarianceReduction is not null))
        {
            yield return new("covariate-not-used", $"no estimate could be adjusted by the covariate {name}: no unit has a value of it, or it determines the metric");
            yield break;
        }
        var primary = experiment.MetricsOf(MetricRole.Primary).First().Metric.Name;
        var arms = moments[primary].Arms;
        var missing = arms.Sum(a => a.Covariate?.Missing ?? 0);
        if (missing == 0) yield break;
        yield return new("covariate-missing", string.Create(CultureInfo.InvariantCulture,
            $"{missing:N0} of {arms.Sum(a => a.Units):N0} units have no value of the covariate {name}; they are given the mean of the others and marked by a second covariate"));
        foreach (var arm in arms.Skip(1))
            if (arms[0].Covariate is { } c && arm.Covariate is { } t && arms[0].Units > 0 && arm.Units > 0
                && TwoProportions.PooledZ(new Proportion(c.Missing, arms[0].Units), new Proportion(t.Missing, arm.Units)) is { IsEstimable: true } z && StandardNormal.TwoSidedTail(z.Value) < MissingDiffersBelow)
                yield return new("covariate-missing-differs", $"the covariate {name} is missing in another share of '{arm.Variant}' than of '{arms[0].Variant}': the treatment may have touched it, and then adjusting by it is wrong");
    }

    public static string NameOf(Covariate covariate) => covariate.Attribute is { } attribute ? attribute
        : $"{covariate.Metric} in the {covariate.Before!.Value.TotalDays.ToString("0.##", CultureInfo.InvariantCulture)} days before";
}
