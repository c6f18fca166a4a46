namespace Assay.Evaluation;

/// <summary>Brings verdicts down to one per case: judge by judge, both orders weighing alike, then over judges.</summary>
internal static class VerdictUnits
{
    /// <param name="rows">Of one metric and one pair of variants.</param>
    public static UnitSet Of(string metric, string control, string treatment, IReadOnlyCollection<PairwiseRow> rows, IReadOnlyCollection<string> cases)
    {
        var scored = rows.Where(r => r.Status == ScoreStatus.Scored && r.TreatmentScore is >= 0 and <= 1).ToArray();
        var byCase = scored.GroupBy(r => r.Case, StringComparer.Ordinal).ToArray();
        var values = byCase.Select(group =>
        {
            var score = group.GroupBy(r => r.Judge, StringComparer.Ordinal).Average(judge =>
                judge.GroupBy(r => r.ShownFirst, StringComparer.Ordinal).Average(order => order.Average(r => r.TreatmentScore!.Value)));
            return new CaseValue(group.Key, group.First().Cluster, 1 - score, score);
        }).ToArray();
        var known = rows.Select(r => r.Case).Concat(cases).Distinct(StringComparer.Ordinal).Count();
        var clustered = values.Any(v => v.Cluster is not null);
        return new UnitSet
        {
            Metric = metric,
            Control = control,
            Treatment = treatment,
            Kind = ComparisonKind.Pairwise,
            Units = CaseValue.Clustered(values),
            Cases = values.Length,
            IsClustered = clustered,
            IsSingle = !clustered && byCase.All(g => g.Count() == 1),
            Repeats = byCase.Length == 0 ? 0 : byCase.Max(g => g.Select(r => r.Repeat).Distinct().Count()),
            Judges = scored.Select(r => r.Judge).Distinct(StringComparer.Ordinal).Count(),
            Missing = rows.Count(r => r.Status == ScoreStatus.Missing),
            Errors = rows.Count(r => r.Status == ScoreStatus.Error || (r.Status == ScoreStatus.Scored && r.TreatmentScore is null)),
            Unpaired = known - values.Length,
        };
    }
}
