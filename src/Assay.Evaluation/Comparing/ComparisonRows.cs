using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>From rows of scores and verdicts to rows of comparisons.</summary>
internal static class ComparisonRows
{
    /// <summary>A row per metric and treatment, not yet adjusted.</summary>
    public static List<ComparisonRow> Of(
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

    /// <summary>With Holm's p-values within families, the strength of the evidence, and the words.</summary>
    public static List<ComparisonRow> Told<T>(List<ComparisonRow> rows, Func<ComparisonRow, T> familyOf, double alpha)
    {
        var adjusted = rows.ToList();
        foreach (var family in rows.Select((row, index) => (row, index)).Where(r => r.row.PValue is not null).GroupBy(r => familyOf(r.row)))
        {
            var members = family.ToArray();
            var values = Multiplicity.Holm([.. members.Select(m => m.row.PValue!.Value)]);
            for (var i = 0; i < members.Length; i++) adjusted[members[i].index] = members[i].row with { AdjustedPValue = values[i] };
        }
        return [.. adjusted.Select(row => Told(row, alpha))];
    }

    private static ComparisonRow Told(ComparisonRow row, double alpha)
    {
        var evidence = row.Status == ComparisonStatus.NotEstimable && row.PValue is null ? EvidenceStrength.None
            : row is { AdjustedPValue: { } p, Interval: { } interval } && p < alpha && !interval.Contains(0) ? EvidenceStrength.Clear
            : EvidenceStrength.Weak;
        row = row with { Evidence = evidence };
        return row with { Text = ComparisonText.Of(row) };
    }
}
