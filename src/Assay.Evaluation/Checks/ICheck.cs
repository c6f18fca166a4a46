namespace Assay.Evaluation;

/// <summary>Scores one answer to one case. Sound for concurrent use.</summary>
public interface ICheck
{
    /// <summary>The metric that its scores are reported under.</summary>
    string Metric { get; }

    /// <summary>Share in the case's weighted score.</summary>
    double Weight { get; }

    /// <summary>An error or a missing input is a status of the result, never an exception and never a zero.</summary>
    ValueTask<CheckResult> ScoreAsync(GoldenCase golden, Answer answer, CancellationToken cancellationToken = default);
}
