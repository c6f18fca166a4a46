namespace Assay.Statistics;

/// <summary>One arm's traffic: the judge scored every item, humans labelled those drawn with a known probability.</summary>
/// <param name="JudgeScores">One finite score per item.</param>
/// <param name="HumanLabels">As many; null where no label was drawn.</param>
/// <param name="LabelProbabilities">As many: the probability in (0, 1] with which the item was to be labelled, whether or not it was.</param>
/// <param name="Units">As many ids of the randomisation unit that each item belongs to.</param>
public sealed record LabelledTraffic(
    IReadOnlyList<double> JudgeScores, IReadOnlyList<double?> HumanLabels, IReadOnlyList<double> LabelProbabilities, IReadOnlyList<long> Units);
