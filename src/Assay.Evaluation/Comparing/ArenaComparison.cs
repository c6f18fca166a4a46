using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Compares variants over a golden set: paired by case, clustered over repeats, orders and judges. Pure.</summary>
public static class ArenaComparison
{
    /// <summary>Compares every treatment with the control, metric by metric.</summary>
    /// <param name="scores">In any order; may be empty.</param>
    /// <param name="verdicts">In any order; may be empty. Those of other pairs than control and treatment are not read.</param>
    /// <param name="options">Control, level, declared effects.</param>
    /// <returns>A row per metric and treatment with rows; what the data do not carry is null, with a reason.</returns>
    /// <exception cref="ArgumentException">The control is also a treatment.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ComparisonResult Compare(IReadOnlyCollection<ScoreRow> scores, IReadOnlyCollection<PairwiseRow> verdicts, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(verdicts);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var treatments = options.Treatments.IsEmpty ? Others(scores, verdicts, options.Control) : [.. options.Treatments];
        ImmutableArray<ComparisonRow> adjusted = [.. Adjusted(Rows(scores, verdicts, treatments, options), r => (r.Kind, Family(r.Metric))).Select(row => Told(row, options.Alpha))];
        return new ComparisonResult
        {
            Comparisons = adjusted,
            Tags = ByTag(scores, verdicts, treatments, options),
            Reliability = ReliabilityRows.Of(scores, options.Alpha),
            Variance = VarianceRows.Of(scores),
            Effects = JudgeEffects.Of(verdicts, scores, options.VariantModels, options.JudgeModels, options.Control, options.Alpha),
            Population = ComparisonText.Population(adjusted),
            Notes = ComparisonText.Notes(adjusted),
        };
    }

    // A tag that every case has, or none, is no segment.
    private static ImmutableArray<TagComparison> ByTag(
        IReadOnlyCollection<ScoreRow> scores, IReadOnlyCollection<PairwiseRow> verdicts, ImmutableArray<string> treatments, ComparisonOptions options)
    {
        var tagsOf = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (id, tags) in scores.Select(s => (s.Case, s.Tags)).Concat(verdicts.Select(v => (v.Case, v.Tags)))) tagsOf.TryAdd(id, tags);
        var tagged = tagsOf.SelectMany(c => c.Value.Distinct(StringComparer.Ordinal).Select(tag => (Tag: tag, Case: c.Key))).GroupBy(t => t.Tag, t => t.Case, StringComparer.Ordinal)
            .Where(t => t.Count() < tagsOf.Count).OrderBy(t => t.Key, StringComparer.Ordinal).ToArray();
        if (tagged.Length == 0) return [];
        var rows = new List<ComparisonRow>();
        var sizes = new List<(string Tag, int Count)>();
        foreach (var tag in tagged)
        {
            var cases = tag.ToHashSet(StringComparer.Ordinal);
            var own = Rows([.. scores.Where(s => cases.Contains(s.Case))], [.. verdicts.Where(v => cases.Contains(v.Case))], treatments, options with { Cases = [.. options.Cases.Where(cases.Contains)] });
            rows.AddRange(own);
            sizes.Add((tag.Key, own.Count));
        }
        var adjusted = Adjusted(rows, _ => 0).Select(row => Told(row, options.Alpha)).ToArray();
        var result = ImmutableArray.CreateBuilder<TagComparison>();
        var at = 0;
        foreach (var (tag, count) in sizes)
        {
            result.Add(new TagComparison(tag, [.. adjusted.AsSpan(at, count)]));
            at += count;
        }
        return result.ToImmutable();
    }

    private static List<ComparisonRow> Rows(
        IReadOnlyCollection<ScoreRow> scores, IReadOnlyCollection<PairwiseRow> verdicts, ImmutableArray<string> treatments, ComparisonOptions options)
    {
        var rows = new List<ComparisonRow>();
        foreach (var metric in scores.GroupBy(s => s.Metric, StringComparer.Ordinal))
        {
            var byVariant = metric.ToLookup(s => s.Variant, StringComparer.Ordinal);
            foreach (var treatment in treatments)
            {
                ScoreRow[] pair = [.. byVariant[options.Control], .. byVariant[treatment]];
                if (pair.Length == 0) continue;
                var live = byVariant[options.Control].Where(r => r.Value is { } v && r.Status == ScoreStatus.Scored && double.IsFinite(v)).Select(r => r.Value!.Value);
                rows.Add(Row(ScoreUnits.Of(metric.Key, options.Control, treatment, pair, options.Cases), [.. live], options));
            }
        }
        foreach (var metric in verdicts.GroupBy(v => v.Metric, StringComparer.Ordinal))
            foreach (var treatment in treatments)
            {
                PairwiseRow[] pair = [.. metric.Where(v => v.A == options.Control && v.B == treatment)];
                if (pair.Length > 0) rows.Add(Row(VerdictUnits.Of(metric.Key, options.Control, treatment, pair, options.Cases), [], options));
            }
        return rows;
    }

    private static ComparisonRow Row(UnitSet set, double[] liveValues, ComparisonOptions options)
    {
        var better = set.Units.Select(u => set.HigherIsBetter ? u.Difference : -u.Difference).ToArray();
        int wins = better.Count(d => d > Tied), losses = better.Count(d => d < -Tied);
        var rate = WinRate.Estimate(wins, losses, better.Length - wins - losses, options.Alpha);
        var inference = PairedInference.Of(set, rate.IsEstimable ? rate.Value : null, options.Alpha);
        var plan = RowPlan.Of(set, liveValues, options);
        double[] control = [.. set.Units.Select(u => u.Control)], treatment = [.. set.Units.Select(u => u.Treatment)];
        var unpaired = set.Kind == ComparisonKind.Score
            ? WelchT.Compare(SampleMoments.FromValues(control), SampleMoments.FromValues(treatment), options.Alpha)
            : new NotEstimable("verdicts are on pairs");
        var any = set.Units.Count > 0;
        return new ComparisonRow
        {
            Metric = set.Metric,
            Control = set.Control,
            Treatment = set.Treatment,
            Kind = set.Kind,
            HigherIsBetter = set.HigherIsBetter,
            IsBinary = set.IsBinary,
            Cases = set.Cases,
            Units = set.Units.Count,
            IsClustered = set.IsClustered,
            Repeats = set.Repeats,
            Judges = set.Judges,
            ControlValue = any ? control.Average() : null,
            TreatmentValue = any ? treatment.Average() : null,
            Difference = any ? SampleMoments.FromValues([.. set.Units.Select(u => u.Difference)]).Mean : null,
            StandardError = inference.StandardError,
            Interval = inference.Interval,
            IntervalLevel = 1 - options.Alpha,
            PValue = inference.PValue,
            UnpairedPValue = unpaired.IsEstimable ? unpaired.Value.PValue : null,
            WinRate = rate.IsEstimable ? rate.Value.Rate : null,
            WinRateInterval = rate.IsEstimable ? rate.Value.Interval : null,
            Wins = wins,
            Losses = losses,
            Ties = better.Length - wins - losses,
            Method = inference.Method,
            Status = inference.Interval is null ? ComparisonStatus.NotEstimable : ComparisonStatus.Estimated,
            Reason = any ? inference.Reason : "no case has a value under both variants",
            Missing = set.Missing,
            Errors = set.Errors,
            Unpaired = set.Unpaired,
            MinimumEffect = plan.MinimumEffect,
            UnitsNeeded = plan.UnitsNeeded,
            MoreUnits = plan.MoreUnits,
            LiveUnitsPerVariant = plan.LiveUnitsPerVariant,
        };
    }

    // Means of the same values in another order differ by rounding; that is no win.
    private const double Tied = 1e-12;

    // A rubric's axes are looked at together, and so are all treatments: the more one looks at, the more looks good by chance.
    private static List<ComparisonRow> Adjusted<T>(List<ComparisonRow> rows, Func<ComparisonRow, T> familyOf)
    {
        var adjusted = rows.ToList();
        foreach (var family in rows.Select((row, index) => (row, index)).Where(r => r.row.PValue is not null).GroupBy(r => familyOf(r.row)))
        {
            var members = family.ToArray();
            var values = Multiplicity.Holm([.. members.Select(m => m.row.PValue!.Value)]);
            for (var i = 0; i < members.Length; i++) adjusted[members[i].index] = members[i].row with { AdjustedPValue = values[i] };
        }
        return adjusted;
    }

    private static string Family(string metric) => metric.Split('.', 2)[0];

    private static ComparisonRow Told(ComparisonRow row, double alpha)
    {
        var evidence = row.Status == ComparisonStatus.NotEstimable && row.PValue is null ? EvidenceStrength.None
            : row is { AdjustedPValue: { } p, Interval: { } interval } && p < alpha && !interval.Contains(0) ? EvidenceStrength.Clear
            : EvidenceStrength.Weak;
        row = row with { Evidence = evidence };
        return row with { Text = ComparisonText.Of(row) };
    }

    private static ImmutableArray<string> Others(IReadOnlyCollection<ScoreRow> scores, IReadOnlyCollection<PairwiseRow> verdicts, string control) =>
        [.. scores.Select(s => s.Variant).Concat(verdicts.Where(v => v.A == control).Select(v => v.B)).Where(v => v != control).Distinct(StringComparer.Ordinal)];
}
