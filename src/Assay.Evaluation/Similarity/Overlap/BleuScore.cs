using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>BLEU and what it is made of.</summary>
/// <param name="Value">In [0, 1]; papers print it times 100.</param>
/// <param name="Precisions">By order, smoothed; only the orders that the answers are long enough for.</param>
/// <param name="BrevityPenalty">1 unless the answers are shorter than the references.</param>
/// <param name="AnswerLength">Tokens.</param>
/// <param name="ReferenceLength">Tokens of the reference nearest in length to each answer, the shorter at a tie.</param>
public sealed record BleuScore(double Value, ImmutableArray<double> Precisions, double BrevityPenalty, long AnswerLength, long ReferenceLength);
