using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What verdicts follow besides quality: the place an answer is shown in, its length, and kinship with the judge. Pure.</summary>
public static class JudgeEffects
{
    /// <summary>One row per judge, metric and pair of variants.</summary>
    /// <param name="verdicts">Of pairs, in any order.</param>
    /// <param name="scores">Of single answers; those with a judge are looked at for self-preference.</param>
    /// <param name="variantModels">Model by variant; what is not named is not known.</param>
    /// <param name="judgeModels">Model by judge, as rows name it.</param>
    /// <param name="control">The control's key, for scores.</param>
    /// <param name="alpha">Level of the intervals, a probability in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">alpha is outside (0, 1) or NaN.</exception>
    public static ImmutableArray<JudgeEffect> Of(
        IReadOnlyCollection<PairwiseRow> verdicts, IReadOnlyCollection<ScoreRow> scores, IReadOnlyDictionary<string, string> variantModels,
        IReadOnlyDictionary<string, string> judgeModels, string control, double alpha)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(variantModels);
        ArgumentNullException.ThrowIfNull(judgeModels);
        if (!(alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "must lie strictly between 0 and 1");
        var effects = ImmutableArray.CreateBuilder<JudgeEffect>();
        foreach (var pair in verdicts.Where(v => v.Status == ScoreStatus.Scored && v.TreatmentScore is >= 0 and <= 1).GroupBy(v => (v.Metric, v.A, v.B)))
        {
            var shares = pair.Select(v => new CaseShare(v.Judge, v.Case, v.TreatmentScore!.Value)).ToArray();
            foreach (var judge in pair.GroupBy(v => v.Judge, StringComparer.Ordinal))
                effects.Add(new JudgeEffect
                {
                    Judge = judge.Key,
                    Metric = pair.Key.Metric,
                    Control = pair.Key.A,
                    Treatment = pair.Key.B,
                    Position = PositionEffects.Of([.. judge], alpha),
                    Length = LengthEffects.Of([.. judge], alpha),
                    Self = SelfPreferences.Of(judge.Key, pair.Key.A, pair.Key.B, shares, variantModels, judgeModels, alpha),
                });
        }
        foreach (var metric in scores.Where(s => s is { Judge: not null, Status: ScoreStatus.Scored } && s.Value is { } v && double.IsFinite(v)).GroupBy(s => s.Metric, StringComparer.Ordinal))
            foreach (var treatment in metric.Select(s => s.Variant).Where(v => v != control).Distinct(StringComparer.Ordinal))
            {
                var shares = Differences(metric, control, treatment);
                foreach (var judge in shares.Select(s => s.Judge).Distinct(StringComparer.Ordinal))
                    if (SelfPreferences.Of(judge, control, treatment, shares, variantModels, judgeModels, alpha) is { } self)
                        effects.Add(new JudgeEffect { Judge = judge, Metric = metric.Key, Control = control, Treatment = treatment, Self = self });
            }
        return [.. effects.Select(e => e with { Text = EffectText.Of(e) })];
    }

    private static CaseShare[] Differences(IEnumerable<ScoreRow> rows, string control, string treatment) =>
    [
        .. rows.GroupBy(r => (r.Judge!, r.Case)).Select(g => (g.Key, Control: g.Where(r => r.Variant == control).ToArray(), Treatment: g.Where(r => r.Variant == treatment).ToArray()))
            .Where(g => g.Control.Length > 0 && g.Treatment.Length > 0)
            .Select(g => new CaseShare(g.Key.Item1, g.Key.Case, g.Treatment.Average(r => r.Value!.Value) - g.Control.Average(r => r.Value!.Value))),
    ];
}
