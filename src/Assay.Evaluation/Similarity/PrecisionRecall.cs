namespace Assay.Evaluation;

/// <summary>How much of an answer is in the reference, how much of the reference is in the answer, and their harmonic mean.</summary>
/// <param name="Precision">Matches as a share of the answer, in [0, 1]; 0 for an empty answer.</param>
/// <param name="Recall">Matches as a share of the reference, in [0, 1].</param>
/// <param name="F">2PR / (P + R); 0 without a match.</param>
public readonly record struct PrecisionRecall(double Precision, double Recall, double F)
{
    internal static PrecisionRecall Of(double precision, double recall) =>
        new(precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));

    internal static PrecisionRecall OfCounts(int matches, int answer, int reference) =>
        Of(answer == 0 ? 0 : (double)matches / answer, (double)matches / reference);
}
