using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>A judge against the judges of other families, case by case: what both see in an answer falls out.</summary>
internal static class SelfPreferences
{
    public static SelfPreference? Of(
        string judge, string control, string treatment, CaseShare[] shares, IReadOnlyDictionary<string, string> variantModels, IReadOnlyDictionary<string, string> judgeModels, double alpha)
    {
        if (!judgeModels.TryGetValue(judge, out var own) || !variantModels.TryGetValue(control, out var controlModel) || !variantModels.TryGetValue(treatment, out var treatmentModel)) return null;
        bool isControl = ModelFamily.Same(own, controlModel), isTreatment = ModelFamily.Same(own, treatmentModel);
        if (isControl == isTreatment) return null;
        var others = shares.Select(s => s.Judge).Distinct(StringComparer.Ordinal)
            .Where(j => j != judge && judgeModels.TryGetValue(j, out var model) && !ModelFamily.Same(model, own)).ToHashSet(StringComparer.Ordinal);
        var result = new SelfPreference { Variant = isTreatment ? treatment : control, OtherJudges = others.Count, Cases = 0 };
        if (others.Count == 0) return result with { Reason = "it needs verdicts of a judge of another family on the same cases, or human labels (assay judge calibrate)" };
        double[] differences =
        [
            .. shares.GroupBy(s => s.Case, StringComparer.Ordinal).Select(c => (Own: c.Where(s => s.Judge == judge).ToArray(), Others: c.Where(s => others.Contains(s.Judge)).ToArray()))
                .Where(c => c.Own.Length > 0 && c.Others.Length > 0)
                .Select(c => (c.Own.Average(s => s.Value) - c.Others.GroupBy(s => s.Judge, StringComparer.Ordinal).Average(j => j.Average(s => s.Value))) * (isTreatment ? 1 : -1)),
        ];
        if (differences.Length == 0) return result with { Reason = "no case was judged by both" };
        var t = PairedT.FromDifferences(SampleMoments.FromValues(differences), alpha);
        result = result with { Cases = differences.Length, Difference = differences.Average() };
        return t.IsEstimable ? result with { Interval = t.Value.Interval, PValue = t.Value.PValue } : result with { Reason = t.Reason };
    }
}
