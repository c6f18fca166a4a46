namespace Assay.Statistics;

/// <summary>What every report with Bayesian numbers must say.</summary>
public static class BayesianWarning
{
    /// <summary>One sentence in plain words.</summary>
    public const string Text = "Stopping as soon as a probability or loss looks good has no error guarantee: a flat-prior 95 % chance to win, looked at daily, declares a winner in over a third of true nulls.";
}
