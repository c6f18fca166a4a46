namespace Assay.Evaluation;

/// <summary>What one judge gives the treatment on one case: a share of verdicts, or a difference of scores.</summary>
internal readonly record struct CaseShare(string Judge, string Case, double Value);
