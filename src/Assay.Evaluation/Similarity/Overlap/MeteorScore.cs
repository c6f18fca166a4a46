namespace Assay.Evaluation;

/// <summary>METEOR and what it is made of.</summary>
/// <param name="Value">In [0, 1), for even an answer equal to its reference is one chunk: 1 − 0.5 / m³ with m words.</param>
/// <param name="Precision">Matched words as a share of the answer's.</param>
/// <param name="Recall">Matched words as a share of the reference's.</param>
/// <param name="Matches">Words matched.</param>
/// <param name="Chunks">Runs of matches that are adjacent and in order in both texts.</param>
public sealed record MeteorScore(double Value, double Precision, double Recall, int Matches, int Chunks);
