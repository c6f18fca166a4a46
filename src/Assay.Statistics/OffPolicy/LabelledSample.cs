namespace Assay.Statistics;

/// <summary>One arm's human labels and judge scores.</summary>
/// <param name="HumanLabels">One finite label per labelled item; the items were drawn at random.</param>
/// <param name="JudgeOnLabelled">The judge's score of the same items at the same places.</param>
/// <param name="JudgeOnUnlabelled">The judge's scores of all other items.</param>
public sealed record LabelledSample(
    IReadOnlyList<double> HumanLabels, IReadOnlyList<double> JudgeOnLabelled, IReadOnlyList<double> JudgeOnUnlabelled);
