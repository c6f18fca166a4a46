using System.Globalization;
using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>The questions of an <see cref="AssignmentCheck"/>.</summary>
internal static class AssignmentTests
{
    public static IEnumerable<AssignmentTest> OfDeclared(Experiment experiment, DeclaredAssignment declared, double[] weights)
    {
        var buckets = AssignmentChecks.Uniformity(declared.Buckets, 0.05);
        yield return Of("buckets", null, buckets, u => u.PValue, u => Line($"buckets spread evenly over [0, 1): they are at most {u.Distance:0.0000} off"));
        yield return Of("sample-ratio", null, SampleRatio.ChiSquare(declared.Counts, weights), t => t.PValue, _ => $"arms as large as their weights, by the declared salt: {Counts(experiment, declared.Counts)}");
    }

    public static IEnumerable<AssignmentTest> OfOthers(Experiment experiment, IReadOnlyList<string> units, DeclaredAssignment declared, AssignmentCheckOptions options)
    {
        foreach (var other in options.Others)
        {
            var there = DeclaredAssignment.Of(other, units, options.Attributes);
            var table = new long[experiment.Variants.Length, other.Variants.Length];
            long both = 0;
            for (var i = 0; i < units.Count; i++)
            {
                if (declared.Variants[i] < 0 || there.Variants[i] < 0) continue;
                table[declared.Variants[i], there.Variants[i]]++;
                both++;
            }
            yield return both == 0
                ? new AssignmentTest("other-experiment", other.Key, null, null, $"no unit is in {other.Key} too")
                : Of("other-experiment", other.Key, AssignmentChecks.Independence(table), t => t.PValue, _ => $"arms have nothing to do with those of {other.Key}, for the {both.ToString("N0", CultureInfo.InvariantCulture)} units of both{(other.Salt == experiment.Salt ? $"; both have the salt '{other.Salt}'" : "")}");
        }
    }

    public static IEnumerable<AssignmentTest> OfResalts(Experiment experiment, DeclaredAssignment declared, Resalted[] again, double[] weights, UnitComparison? values)
    {
        long[] pooled = [.. weights.Select((_, v) => again.Sum(a => a.Counts[v]))];
        yield return Of("pooled-ratio", null, SampleRatio.ChiSquare(pooled, weights), t => t.PValue, _ => $"arms as large as their weights over all other salts: {Shares(experiment, pooled)}");
        long assigned = pooled.Sum(), left = again.Sum(a => a.NotExposed);
        var promised = experiment.Exposure * weights.Sum();
        if (promised < 1 - 1e-12 && assigned + left > 0)
            yield return Of("exposure", null, SampleRatio.ChiSquare([assigned, left], [promised, 1 - promised]), t => t.PValue, _ => Line($"{100.0 * assigned / (assigned + left):0.00} % of the eligible units enter over all other salts, where {100 * promised:0.##} % should"));
        yield return declared.Assigned < AssignmentCheck.FewestForRatios
            ? new AssignmentTest("ratio-p-values", null, null, null, $"p-values of the arms' sizes are too coarse below {AssignmentCheck.FewestForRatios} assigned units")
            : Uniform("ratio-p-values", null, again.Select(a => a.RatioPValue), 0.05, "p-values of the arms' sizes, one per salt, spread evenly");
        yield return Uniform("other-salt", null, again.Select(a => a.SaltPValue), 0.05, "arms by another salt have nothing to do with the declared ones");
        if (values is null) yield break;
        for (var t = 1; t < experiment.Variants.Length; t++)
            yield return Uniform("a-a", $"{values.Metric.Name} in '{experiment.Variants[t].Key}'", again.Select(a => a.EffectPValues[t - 1]), experiment.Plan.Alpha,
                $"A/A: p-values of {values.Metric.Name} in '{experiment.Variants[t].Key}', where nothing can differ, spread evenly");
    }

    private static AssignmentTest Uniform(string name, string? about, IEnumerable<double?> pValues, double alpha, string text)
    {
        double[] known = [.. pValues.OfType<double>()];
        var test = AssignmentChecks.Uniformity(known, alpha);
        var row = Of(name, about, test, u => u.PValue, u => Line($"{text}: {100 * u.ShareBelowAlpha:0.0} % at or below {alpha:0.###}"));
        if (!test.IsEstimable) return row;
        var share = Wilson.Interval(new Proportion((long)Math.Round(test.Value.ShareBelowAlpha * known.Length), known.Length), 0.05);
        return row with { ShareBelowAlpha = test.Value.ShareBelowAlpha, ShareInterval = ReportInterval.Of(share.Low, share.High) };
    }

    private static AssignmentTest Of<T>(string name, string? about, Estimated<T> test, Func<T, double> pValue, Func<T, string> text) => test.IsEstimable
        ? new AssignmentTest(name, about, Math.Clamp(pValue(test.Value), 0, 1), null, text(test.Value)) : new AssignmentTest(name, about, null, null, $"not tested: {test.Reason}");

    private static string Counts(Experiment experiment, long[] counts) => string.Join(", ", counts.Select((c, v) => string.Create(CultureInfo.InvariantCulture, $"{experiment.Variants[v].Key} {c:N0}")));

    private static string Shares(Experiment experiment, long[] counts) => string.Join(", ", counts.Select((c, v) => string.Create(CultureInfo.InvariantCulture, $"{experiment.Variants[v].Key} {100.0 * c / counts.Sum():0.000} %")));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
