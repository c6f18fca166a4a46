using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>A generated token with its log probability and those of its alternatives.</summary>
public sealed record TokenLogProbability(string Token, double LogProbability, ImmutableArray<(string Token, double LogProbability)> Alternatives);
