using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Evaluation;

/// <summary>One verdict from a panel's many: the majority, or the median score.</summary>
internal static class PanelVote
{
    /// <summary>More than half of the votes decide; otherwise it is a tie. Half or more of the votes failed: no verdict.</summary>
    public static ImmutableArray<PairwiseRow> Of(IEnumerable<PairwiseRow> rows, JudgeSpec spec) =>
    [
        .. rows.GroupBy(r => (r.Case, r.Repeat, r.A, r.B)).Select(group =>
        {
            PairwiseRow[] all = [.. group], cast = [.. all.Where(r => r.TreatmentScore is not null)];
            var row = all[0] with { Judge = spec.Key, JudgeHash = Hash(all.Select(r => r.JudgeHash)), JudgeRepeat = 0 };
            if (cast.Length * 2 <= all.Length) return row with { TreatmentScore = null, Status = Status(all.Select(r => r.Status)), Reason = Failed(all.Length - cast.Length, all.Length, all.First(r => r.TreatmentScore is null).Reason) };
            int treatment = cast.Count(r => r.TreatmentScore > 0.5), control = cast.Count(r => r.TreatmentScore < 0.5), ties = cast.Length - treatment - control;
            return row with
            {
                Status = ScoreStatus.Scored,
                TreatmentScore = treatment * 2 > cast.Length ? 1 : control * 2 > cast.Length ? 0 : 0.5,
                Reason = string.Create(CultureInfo.InvariantCulture, $"votes: {row.B} {treatment}, {row.A} {control}, tie {ties}"),
            };
        }),
    ];

    /// <summary>The median of the scores; of pass and fail the majority, and a fail when they are even.</summary>
    public static ImmutableArray<ScoreRow> Of(IEnumerable<ScoreRow> rows, JudgeSpec spec) =>
    [
        .. rows.GroupBy(r => (r.Variant, r.Case, r.Repeat, r.Metric)).Select(group =>
        {
            ScoreRow[] all = [.. group];
            double[] cast = [.. all.Where(r => r.Value is not null).Select(r => r.Value!.Value).Order()];
            var row = all[0] with { Judge = spec.Key, JudgeHash = Hash(all.Select(r => r.JudgeHash)), JudgeRepeat = 0 };
            if (cast.Length * 2 <= all.Length) return row with { Value = null, Status = Status(all.Select(r => r.Status)), Reason = Failed(all.Length - cast.Length, all.Length, all.First(r => r.Value is null).Reason) };
            var median = (cast[(cast.Length - 1) / 2] + cast[cast.Length / 2]) / 2;
            return row with
            {
                Status = ScoreStatus.Scored,
                Value = row.IsBinary ? Math.Floor(median) : median,
                Reason = "votes: " + string.Join(", ", cast.Select(v => v.ToString("0.##", CultureInfo.InvariantCulture))),
            };
        }),
    ];

    private static ScoreStatus Status(IEnumerable<ScoreStatus> all) => all.Contains(ScoreStatus.Error) ? ScoreStatus.Error : ScoreStatus.Missing;

    private static string Failed(int failed, int all, string? reason) => string.Create(CultureInfo.InvariantCulture, $"{failed} of {all} votes are not there: {reason}");

    private static string? Hash(IEnumerable<string?> hashes) => string.Join('+', hashes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
