using System.Globalization;
using Assay.Events;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>What must be said of declared strata.</summary>
internal static class StratumWarnings
{
    public static IEnumerable<ReportWarning> Of(Experiment experiment, IReadOnlyDictionary<string, MetricMoments> moments, IReadOnlyCollection<MetricRow> rows)
    {
        if (experiment.Plan.Strata.IsEmpty) yield break;
        var names = string.Join(" × ", experiment.Plan.Strata);
        if (!rows.Any(r => r.VarianceReduction is not null))
            yield return new("strata-not-used", $"no estimate could be brought to one mix of {names}: {rows.Select(r => r.NotAdjusted).OfType<string>().FirstOrDefault() ?? "nothing could be estimated"}");
        var first = experiment.Metrics.FirstOrDefault(m => m.Metric.Type != MetricType.Quantile);
        if (first is null || moments[first.Metric.Name].Arms.FirstOrDefault()?.Strata is not { IsDefaultOrEmpty: false } strata) yield break;
        var unknown = strata.Where(s => s.Stratum.Any(v => v is null)).Sum(s => s.AllUnits);
        if (unknown > 0)
            yield return new("strata-unknown", string.Create(CultureInfo.InvariantCulture, $"{unknown:N0} of {strata.Sum(s => s.AllUnits):N0} units lack a value of {names}; units without a value are strata of their own"));
        var small = strata.Count(s => s.FewestUnits < MergedStratum.FewestUnits || s.Stratum.IsEmpty);
        if (small > 0 && strata.Length > 1)
            yield return new("strata-merged", string.Create(CultureInfo.InvariantCulture,
                $"{small:N0} of {strata.Length:N0} strata of {names} have fewer than {MergedStratum.FewestUnits} units in some arm ({strata.Where(s => s.FewestUnits < MergedStratum.FewestUnits || s.Stratum.IsEmpty).Sum(s => s.AllUnits):N0} units in all); they are taken together as one"));
    }
}
