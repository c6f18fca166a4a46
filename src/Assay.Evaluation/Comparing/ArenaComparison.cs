using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>Compares variants over a golden set: paired by case, clustered over repeats, orders and judges. Pure.</summary>
public static class ArenaComparison
{
    /// <summary>Compares every treatment with the control, metric by metric.</summary>
    /// <param name="scores">In any order; may be empty.</param>
    /// <param name="verdicts">In any order; may be empty. Those of two treatments count in the ratings and in what is said of judges only.</param>
    /// <param name="options">Control, level, declared effects.</param>
    /// <returns>A row per metric and treatment with rows; what the data do not carry is null, with a reason.</returns>
    /// <exception cref="ArgumentException">The control is also a treatment.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ComparisonResult Compare(IReadOnlyCollection<ScoreRow> scores, IReadOnlyCollection<PairwiseRow> verdicts, ComparisonOptions options)
    {
        var treatments = Treatments(scores, verdicts, options);
        ImmutableArray<ComparisonRow> rows = [.. ComparisonRows.Told(ComparisonRows.Of(scores, verdicts, treatments, options), r => (r.Kind, Family(r.Metric)), options.Alpha)];
        var effects = JudgeEffects.Of(verdicts, scores, options.VariantModels, options.JudgeModels, options.Control, options.Alpha);
        return new ComparisonResult
        {
            Comparisons = rows,
            Reliability = ReliabilityRows.Of(scores, options.Alpha),
            ReliabilityDifferences = ReliabilityDifferences.Of(scores, treatments, options),
            Variance = VarianceRows.Of(scores),
            Ratings = RatingRows.Of(verdicts, options with { Treatments = treatments }),
            Effects = effects,
            Population = ComparisonText.Population(rows),
            Notes = [.. ComparisonText.Notes(rows), .. effects.Select(e => e.Text)],
        };
    }

    /// <summary>The same over the cases of each tag: exploratory, adjusted over all tags and metrics together.</summary>
    /// <param name="scores">In any order; may be empty.</param>
    /// <param name="verdicts">In any order; may be empty.</param>
    /// <param name="options">Control, level, declared effects.</param>
    /// <returns>By tag, in ordinal order; a tag that every case has is no segment and left out.</returns>
    /// <exception cref="ArgumentException">The control is also a treatment.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static ImmutableArray<TagComparison> CompareByTag(IReadOnlyCollection<ScoreRow> scores, IReadOnlyCollection<PairwiseRow> verdicts, ComparisonOptions options)
    {
        var treatments = Treatments(scores, verdicts, options);
        var tagsOf = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (id, tags) in scores.Select(s => (s.Case, s.Tags)).Concat(verdicts.Select(v => (v.Case, v.Tags)))) tagsOf.TryAdd(id, tags);
        var tagged = tagsOf.SelectMany(c => c.Value.Distinct(StringComparer.Ordinal).Select(tag => (Tag: tag, Case: c.Key))).GroupBy(t => t.Tag, t => t.Case, StringComparer.Ordinal)
            .Where(t => t.Count() < tagsOf.Count).OrderBy(t => t.Key, StringComparer.Ordinal);
        var rows = new List<ComparisonRow>();
        var sizes = new List<(string Tag, int Start, int Count)>();
        foreach (var tag in tagged)
        {
            var cases = tag.ToHashSet(StringComparer.Ordinal);
            var own = ComparisonRows.Of([.. scores.Where(s => cases.Contains(s.Case))], [.. verdicts.Where(v => cases.Contains(v.Case))], treatments, options with { Cases = [.. options.Cases.Where(cases.Contains)] });
            sizes.Add((tag.Key, rows.Count, own.Count));
            rows.AddRange(own);
        }
        var told = ComparisonRows.Told(rows, _ => 0, options.Alpha);
        return [.. sizes.Select(s => new TagComparison(s.Tag, [.. told.Skip(s.Start).Take(s.Count)]))];
    }

    // A rubric's axes are looked at together. Passes, and turns, are the same scores once more: families of their own.
    private static string Family(string metric)
    {
        var parts = metric.Split('.');
        return parts.Length == 1 ? metric : parts[^1] == "pass" ? parts[0] + ".pass" : parts[^1].StartsWith("turn", StringComparison.Ordinal) ? parts[0] + ".turn" : parts[0];
    }

    private static ImmutableArray<string> Treatments(IReadOnlyCollection<ScoreRow> scores, IReadOnlyCollection<PairwiseRow> verdicts, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(verdicts);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return options.Treatments.IsEmpty
            ? [.. scores.Select(s => s.Variant).Concat(verdicts.Where(v => v.A == options.Control).Select(v => v.B)).Where(v => v != options.Control).Distinct(StringComparer.Ordinal)]
            : options.Treatments;
    }
}
