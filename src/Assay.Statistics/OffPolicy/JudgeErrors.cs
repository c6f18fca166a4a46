namespace Assay.Statistics;

/// <summary>How often a judge says yes when humans do, and no when they do, from an independent labelled sample.</summary>
/// <param name="Sensitivity">Judge's yes among the humans' yes.</param>
/// <param name="Specificity">Judge's no among the humans' no.</param>
public readonly record struct JudgeErrors(Proportion Sensitivity, Proportion Specificity);
