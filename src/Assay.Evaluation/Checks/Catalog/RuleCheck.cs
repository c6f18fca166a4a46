namespace Assay.Evaluation.Checks;

/// <summary>A rule under a declared name and weight; turns the result round where <c>not-</c> was written.</summary>
internal sealed class RuleCheck(CheckSpec spec, CheckRule rule) : ICheck
{
    public string Metric { get; } = spec.MetricName;
    public double Weight { get; } = spec.Weight;

    public async ValueTask<CheckResult> ScoreAsync(GoldenCase golden, Answer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(golden);
        ArgumentNullException.ThrowIfNull(answer);
        CheckResult result;
        try
        {
            result = await rule(golden, answer, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One broken check must not end a run of a thousand paid answers: it is this score's error.
        catch (Exception e)
#pragma warning restore CA1031
        {
            result = CheckResult.Error($"{spec.Type} broke: {e.GetType().Name}: {e.Message}");
        }
        return spec.IsNegated ? Negated(result) : result;
    }

    // An error and a missing input say nothing about the answer, so they stay what they are.
    private CheckResult Negated(CheckResult result) => result switch
    {
        { Status: not ScoreStatus.Scored } => result,
        { Passed: null } => result with { Value = 1 - result.Value },
        { Passed: true } => result with { Value = 1 - result.Value, Passed = false, Reason = result.Reason ?? $"{spec.Type} holds, and should not" },
        _ => result with { Value = 1 - result.Value, Passed = true, Reason = null },
    };
}
