using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>What a suite can ask for by name: described for messages, documents and reports.</summary>
/// <param name="Name">As it is written in a suite, without <c>not-</c>.</param>
/// <param name="Level">1 deterministic, 2 against a reference or by an embedding.</param>
/// <param name="Summary">When it passes, or what it measures.</param>
/// <param name="IsBinary">True: values are 1 (pass) or 0 (fail). False: a degree in [0, 1], and pass or fail only where a threshold was given.</param>
/// <param name="Arguments">All that it takes, besides <c>weight</c> and <c>metric</c>.</param>
public sealed record CheckKind(string Name, int Level, string Summary, bool IsBinary, ImmutableArray<CheckArgument> Arguments);
