using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>Scores by turn (one unless asked per turn) and axis.</summary>
internal sealed record ScoreReply(ImmutableArray<ImmutableSortedDictionary<string, int>> Turns, string Reason);

/// <summary>A, B or TIE, as shown.</summary>
internal sealed record PairReply(string Winner, string Reason);

/// <summary>Claims, statements or documents.</summary>
internal sealed record ItemReply(ImmutableArray<(string Text, bool Holds)> Items);
