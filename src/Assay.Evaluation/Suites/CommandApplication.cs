using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>An application that is started once per case, with <c>{"id","input","messages","vars","context"}</c> on stdin; stdout is its answer.</summary>
/// <param name="Arguments">The program and its arguments; no shell is involved.</param>
public sealed record CommandApplication(ImmutableArray<string> Arguments);
