namespace Assay.Evaluation.Checks;

/// <summary>What a check does, once its arguments are read.</summary>
internal delegate ValueTask<CheckResult> CheckRule(GoldenCase golden, Answer answer, CancellationToken cancellationToken);

/// <summary>A kind of check with the way to make one.</summary>
/// <param name="Make">Reads the arguments, reporting problems to them, and gives the rule; null when a problem was reported.</param>
internal sealed record CheckDefinition(CheckKind Kind, Func<CheckArguments, CheckServices, CheckRule?> Make)
{
    /// <summary>For rules that need no waiting.</summary>
    public static CheckRule Of(Func<GoldenCase, Answer, CheckResult> rule) => (golden, answer, _) => ValueTask.FromResult(rule(golden, answer));
}
