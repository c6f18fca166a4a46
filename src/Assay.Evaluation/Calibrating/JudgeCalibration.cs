using System.Collections.Immutable;
using System.Globalization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>Holds a judge's labels against humans'.</summary>
public static class JudgeCalibration
{
    /// <summary>Agreement, kappa, confusion and biases, and the decision by the policy.</summary>
    /// <param name="labels">One per item.</param>
    /// <param name="policy">Thresholds and the labels that the judge has seen.</param>
    /// <exception cref="ArgumentOutOfRangeException">A threshold or alpha is outside its range.</exception>
    public static CalibrationRecord Run(IReadOnlyCollection<JudgeLabel> labels, CalibrationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(policy);
        if (!(policy.MinimumAgreement is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(policy), policy.MinimumAgreement, "the minimum agreement must lie in (0, 1]");
        if (policy.MinimumKappa is not (null or >= -1 and <= 1)) throw new ArgumentOutOfRangeException(nameof(policy), policy.MinimumKappa, "the minimum kappa must lie in [-1, 1]");
        if (!(policy.Alpha is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(policy), policy.Alpha, "alpha must lie strictly between 0 and 1");
        JudgeLabel[] kept = [.. labels.Where(l => !policy.SeenLabels.Contains(LabelHash.Of(l.Item)))];
        string[] categories = Ordered([.. kept.SelectMany(l => (string[])[l.Human, l.Judge]).Distinct(StringComparer.Ordinal)], out var areNumbers);
        int[] human = [.. kept.Select(l => Array.IndexOf(categories, l.Human))], judge = [.. kept.Select(l => Array.IndexOf(categories, l.Judge))];
        var agreeing = kept.Count(l => l.Human == l.Judge);
        var kappa = categories.Length < 2
            ? new NotEstimable(kept.Length == 0 ? "there are no labels" : "only one label is used, so chance alone gives full agreement")
            : CohensKappa.Estimate(human, judge, categories.Length, KappaWeights.Unweighted, policy.Alpha);
        var weighted = areNumbers && categories.Length > 2 ? CohensKappa.Estimate(human, judge, categories.Length, KappaWeights.Quadratic, policy.Alpha) : new NotEstimable("no numbers");
        var record = new CalibrationRecord
        {
            N = kept.Length,
            SetAside = labels.Count - kept.Length,
            Agreement = kept.Length == 0 ? null : agreeing / (double)kept.Length,
            Interval = kept.Length == 0 ? null : Wilson.Interval(new Proportion(agreeing, kept.Length), policy.Alpha),
            Kappa = kappa.IsEstimable ? kappa.Value.Coefficient : null,
            KappaInterval = kappa is { IsEstimable: true, Value.Interval.IsEstimable: true } ? kappa.Value.Interval.Value : null,
            WeightedKappa = weighted.IsEstimable ? weighted.Value.Coefficient : null,
            KappaReason = kappa.IsEstimable ? kappa.Value.Interval.Reason : kappa.Reason,
            Confusion = Confusion(kept),
            OrderBias = LabelBias.Of(kept, l => l.ShownFirst, "the answer that was shown first", policy.Alpha),
            LengthBias = LabelBias.Of(kept, l => l is { LengthA: { } a, LengthB: { } b } && a != b ? a > b ? "A" : "B" : null, "the longer answer", policy.Alpha),
            MinimumAgreement = policy.MinimumAgreement,
            MinimumKappa = policy.MinimumKappa,
            Decision = CalibrationDecision.TooFewToTell,
            Text = "",
            JudgeHashes = policy.JudgeHashes,
        };
        return Decided(record, agreeing);
    }

    private static CalibrationRecord Decided(CalibrationRecord record, int agreeing)
    {
        if (record.N == 0) return record with { Text = $"No label is left: the judge has seen all {record.SetAside}. Labels that shaped a judge cannot calibrate it." };
        var below = record.Agreement < record.MinimumAgreement - 1e-12;
        var weak = record.MinimumKappa is { } least && !(record.Kappa >= least);
        var few = record.N < AgreementEstimate.EnoughItems;
        var decision = below || weak ? CalibrationDecision.Recalibrate : few ? CalibrationDecision.TooFewToTell : CalibrationDecision.Calibrated;
        var count = string.Create(CultureInfo.InvariantCulture, $"judge and human agree on {agreeing} of {record.N} ({Percent(record.Agreement!.Value)})");
        var text = decision switch
        {
            CalibrationDecision.Calibrated => $"Calibrated: {count}, the threshold is {Percent(record.MinimumAgreement)}",
            CalibrationDecision.TooFewToTell => $"Too few to tell: {count}, which reaches the threshold of {Percent(record.MinimumAgreement)}",
            _ when below => $"Recalibrate judge: {count}, below the threshold of {Percent(record.MinimumAgreement)}",
            _ => string.Create(CultureInfo.InvariantCulture, $"Recalibrate judge: {count}, but kappa {(record.Kappa is { } k ? k.ToString("0.00", CultureInfo.InvariantCulture) : "is not estimable")} does not reach {record.MinimumKappa}"),
        };
        if (few) text += string.Create(CultureInfo.InvariantCulture, $"; {record.N} labels are too few to tell (plausible {record.Interval!.Value.Low:.00} to {record.Interval.Value.High:.00}): label {AgreementEstimate.EnoughItems} or more");
        return record with { Decision = decision, Text = text + "." };
    }

    private static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, int>> Confusion(JudgeLabel[] labels) => labels
        .GroupBy(l => l.Human, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(h => h.Key, h => h.GroupBy(l => l.Judge, StringComparer.Ordinal).ToImmutableSortedDictionary(j => j.Key, j => j.Count(), StringComparer.Ordinal), StringComparer.Ordinal);

    // Numbers in their order, so that weights know which labels are near.
    private static string[] Ordered(string[] labels, out bool areNumbers)
    {
        areNumbers = labels.All(l => double.TryParse(l, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return areNumbers ? [.. labels.OrderBy(l => double.Parse(l, NumberStyles.Float, CultureInfo.InvariantCulture))] : [.. labels.Order(StringComparer.Ordinal)];
    }

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
