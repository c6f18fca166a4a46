using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Evaluation;

/// <summary>From what a run brought to its report: compared, held to the policy, with what a reader must know.</summary>
public static class ArenaReporter
{
    /// <summary>What no setting can promise.</summary>
    public const string Determinism = "Temperature 0 and a seed do not guarantee identical output: endpoints change models, hardware and batching under the same name. Repeats show how much answers vary.";

    public static ArenaReport Report(ArenaRun run, string runId, DateTimeOffset startedAt, double seconds, ImmutableArray<EarlierRun> earlier)
    {
        ArgumentNullException.ThrowIfNull(run);
        var suite = run.Suite;
        var compared = Compare(run.Scores, run.Verdicts, suite);
        var gate = ArenaGate.Decide(run, compared);
        var differences = SuiteDifference.Of(suite);
        return new ArenaReport
        {
            Suite = suite.Key,
            SuiteHash = suite.SuiteHash,
            ContentHash = suite.ContentHash,
            CasesHash = suite.CasesHash,
            RunId = runId,
            Outcome = gate.Outcome,
            Reasons = gate.Reasons,
            Cases = run.Plan.Cases.Length,
            Repeats = run.Plan.Repeats,
            Errors = run.FailedAnswers + run.Errors,
            Missing = run.FailedAnswers + run.Missing,
            Comparisons = compared.Comparisons,
            CostUsd = run.CostUsd,
            SpentUsd = run.Progress.SpentUsd,
            CallsMade = run.Progress.Asked,
            AnswersFromLog = run.Progress.Remembered,
            Variants = [.. suite.Variants.Select(v => VariantReports.Of(v, run))],
            Differences = [.. differences.Select(d => new DifferenceReport(d.Treatment, [.. d.Fields.Select(f => new FieldDifference(f.Field, f.Control, f.Treatment))], d.Kinds, d.IsConfounded))],
            Segments = Segments(run),
            Reliability = compared.Reliability,
            ReliabilityDifferences = compared.ReliabilityDifferences,
            Variance = compared.Variance,
            Ratings = compared.Ratings,
            Effects = compared.Effects,
            Judges = run.Judges,
            Population = compared.Population,
            Notes = compared.Notes,
            Warnings = Warnings(run, differences, earlier, gate.Outcome),
            RunNumber = earlier.Length + 1,
            EarlierRuns = earlier,
            StartedAt = startedAt,
            Seconds = seconds,
        };
    }

    private static ComparisonResult Compare(IReadOnlyCollection<ScoreRow> scores, IReadOnlyCollection<PairwiseRow> verdicts, Suite suite)
    {
        var options = Options(suite);
        if (options.Treatments.IsEmpty)
            return new ComparisonResult { Comparisons = [], Reliability = [], Variance = [], Population = "There is one variant: nothing is compared.", Notes = [] };
        return ArenaComparison.Compare(scores, verdicts, options);
    }

    private static ComparisonOptions Options(Suite suite)
    {
        return new ComparisonOptions
        {
            Control = suite.Control.Key,
            Treatments = [.. suite.Variants.Skip(1).Select(v => v.Key)],
            Alpha = suite.Gate?.Alpha ?? 0.05,
            MinimumEffects = suite.Gate is { Primary: { } primary, Margin: { } margin and > 0 } ? ImmutableSortedDictionary<string, double>.Empty.Add(primary, margin) : ImmutableSortedDictionary<string, double>.Empty,
            VariantModels = suite.Variants.Where(v => v.Settings?.Model is not null).ToImmutableSortedDictionary(v => v.Key, v => v.Settings.Model!, StringComparer.Ordinal),
            JudgeModels = suite.Judges.SelectMany(j => j.Members.Select(m => (Key: j.MemberKey(m), m.Model))).DistinctBy(m => m.Key).ToImmutableSortedDictionary(m => m.Key, m => m.Model, StringComparer.Ordinal),
        };
    }

    private static ImmutableArray<SegmentReport> Segments(ArenaRun run)
    {
        var tags = run.Plan.Cases.SelectMany(c => c.Tags).Distinct(StringComparer.Ordinal).ToList();
        var metric = run.Suite.Gate?.Primary ?? run.Scores.Select(s => s.Metric).FirstOrDefault(m => m == SuiteMetrics.Accuracy) ?? run.Suite.Judges.SelectMany(SuiteMetrics.OfJudge).FirstOrDefault();
        // A tag of every case is none; hundreds of them are names, not segments.
        if (metric is null || tags.Count is 0 or > 50 || run.Suite.Variants.Length < 2) return [];
        return [.. ArenaComparison.CompareByTag([.. run.Scores.Where(s => s.Metric == metric)], [.. run.Verdicts.Where(v => v.Metric == metric)], Options(run.Suite))
            .Select(t => new SegmentReport(t.Tag, run.Plan.Cases.Count(c => c.Tags.Contains(t.Tag)), t.Comparisons))];
    }

    private static ImmutableArray<string> Warnings(ArenaRun run, ImmutableArray<SuiteDifference> differences, ImmutableArray<EarlierRun> earlier, GateOutcome? outcome)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var difference in differences)
        {
            if (difference.IsConfounded) warnings.Add($"confounded: {difference.Treatment} differs from {run.Suite.Control.Key} in {string.Join(" and ", difference.Kinds)}; an effect cannot be traced to one of them.");
            if (difference.Fields.IsEmpty) warnings.Add($"{difference.Treatment} does not differ from {run.Suite.Control.Key}: this is an A/A comparison.");
        }
        foreach (var what in run.Suite.LeftOut) warnings.Add("not taken over from the promptfoo configuration: " + what + ".");
        if (run.Plan.Cases.Length < run.Suite.Cases.Length) warnings.Add(string.Create(CultureInfo.InvariantCulture, $"only the first {run.Plan.Cases.Length:N0} of {run.Suite.Cases.Length:N0} cases were asked (--limit)."));
        if (earlier.Length > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"run {earlier.Length + 1} of the same variants, cases, checks and judges; before: {string.Join(", ", earlier.Select(e => $"{e.Outcome} ({e.Repeats} {(e.Repeats == 1 ? "repeat" : "repeats")}{(e.SuiteHash == run.Suite.SuiteHash ? "" : ", another policy")})"))}. Answers are pooled, not drawn again; every further look or changed policy makes a pass easier than the level says."));
        foreach (var variant in run.Suite.Variants)
        {
            var served = run.Answers.Where(a => a.Variant == variant.Key && a.Answer?.ServedModel is not null).Select(a => a.Answer!.ServedModel!).Distinct(StringComparer.Ordinal).ToList();
            if (served.Count > 1) warnings.Add($"{variant.Key} was served by several models: {string.Join(", ", served)}.");
        }
        foreach (var judge in run.Suite.Judges.Where(j => !j.IsCalibrated)) warnings.Add($"the judge '{judge.Key}' is not calibrated against human labels: its scores are one model's opinion (assay judge calibrate).");
        if (run.Answers.Any(a => a.Answer?.ServedModel is not null)) warnings.Add(Determinism);
        return warnings.ToImmutable();
    }
}
