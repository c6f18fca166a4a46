namespace Assay.Evaluation;

/// <summary>Pairs scores by case: judge by judge (a strict judge must not count for one variant only), then over repeats, then over judges.</summary>
internal static class ScoreUnits
{
    /// <param name="rows">Of one metric and the two variants.</param>
    public static UnitSet Of(string metric, string control, string treatment, IReadOnlyCollection<ScoreRow> rows, IReadOnlyCollection<string> cases)
    {
        var scored = rows.Where(r => r.Status == ScoreStatus.Scored && r.Value is { } v && double.IsFinite(v)).ToArray();
        var byCase = scored.GroupBy(r => r.Case, StringComparer.Ordinal).ToArray();
        var judges = new HashSet<string>(StringComparer.Ordinal);
        var paired = new List<CaseValue>();
        var isSingle = true;
        foreach (var group in byCase)
        {
            var pairs = group.GroupBy(r => r.Judge ?? "", StringComparer.Ordinal)
                .Select(judge => (judge.Key, Control: Mean(judge, control), Treatment: Mean(judge, treatment)))
                .Where(j => j.Control is not null && j.Treatment is not null).ToArray();
            if (pairs.Length == 0) continue;
            foreach (var (judge, _, _) in pairs) if (judge.Length > 0) judges.Add(judge);
            isSingle &= group.Count(r => r.Variant == control) == 1 && group.Count(r => r.Variant == treatment) == 1;
            paired.Add(new CaseValue(group.Key, group.First().Cluster, pairs.Average(p => p.Control!.Value), pairs.Average(p => p.Treatment!.Value)));
        }
        var known = rows.Select(r => r.Case).Concat(cases).Distinct(StringComparer.Ordinal).Count();
        var clustered = paired.Exists(c => c.Cluster is not null);
        return new UnitSet
        {
            Metric = metric,
            Control = control,
            Treatment = treatment,
            Kind = ComparisonKind.Score,
            Units = CaseValue.Clustered(paired),
            Cases = paired.Count,
            HigherIsBetter = rows.All(r => r.HigherIsBetter),
            IsBinary = scored.Length > 0 && scored.All(r => r.IsBinary && r.Value is 0 or 1),
            IsClustered = clustered,
            IsSingle = isSingle && !clustered,
            Repeats = scored.Length == 0 ? 0 : scored.GroupBy(r => (r.Variant, r.Case)).Max(g => g.Select(r => r.Repeat).Distinct().Count()),
            Judges = judges.Count,
            Missing = rows.Count(r => r.Status == ScoreStatus.Missing),
            Errors = rows.Count(r => r.Status == ScoreStatus.Error),
            Unpaired = known - paired.Count,
        };
    }

    // Over a judge's verdicts on an answer first, so that an answer judged twice does not count twice.
    private static double? Mean(IEnumerable<ScoreRow> rows, string variant)
    {
        double[] repeats = [.. rows.Where(r => r.Variant == variant).GroupBy(r => r.Repeat).Select(g => g.Average(r => r.Value!.Value))];
        return repeats.Length == 0 ? null : repeats.Average();
    }
}
