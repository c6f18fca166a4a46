namespace Assay.Evaluation;

/// <summary>One score of a case from its checks.</summary>
public static class CaseScore
{
    /// <summary>The mean of the checks' values, weighted: Σ w·v / Σ w. Checks of weight 0 are reported and do not count.</summary>
    /// <param name="results">What each check found, with its metric and its weight of at least 0.</param>
    /// <returns>A value in [0, 1] that passes when no check that counts failed (null when none passes or fails). One check in error makes the case an error, else one that is missing makes it missing: a mean over the rest would compare
    /// answers by different yardsticks, and could pass a build whose instrument broke. Missing when nothing counts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static CheckResult Of(IEnumerable<(string Metric, double Weight, CheckResult Result)> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var (sum, weights, failed, decided) = (0.0, 0.0, new List<string>(), false);
        CheckResult? error = null, missing = null;
        foreach (var (metric, weight, result) in results)
        {
            if (!(double.IsFinite(weight) && weight >= 0)) throw new ArgumentOutOfRangeException(nameof(results), weight, $"the weight of {metric} is not a number of at least 0");
            if (weight == 0) continue;
            if (result.Status == ScoreStatus.Error) error ??= CheckResult.Error($"{metric}: {result.Reason}");
            else if (result.Status == ScoreStatus.Missing) missing ??= CheckResult.Missing($"{metric}: {result.Reason}");
            else
            {
                sum += weight * result.Value!.Value;
                weights += weight;
                decided |= result.Passed is not null;
                if (result.Passed == false) failed.Add(metric);
            }
        }
        if ((error ?? missing) is { } none) return none;
        if (weights == 0) return CheckResult.Missing("no check counts");
        return CheckResult.Score(Math.Clamp(sum / weights, 0, 1), decided ? failed.Count == 0 : null, failed.Count == 0 ? null : "failed: " + string.Join(", ", failed));
    }
}
