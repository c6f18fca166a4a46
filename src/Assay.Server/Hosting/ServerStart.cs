using System.Collections.Immutable;

namespace Assay.Server;

/// <summary>A running server, or why there is none.</summary>
/// <param name="Server">Null when it did not start.</param>
/// <param name="Problems">Warnings of a running server; every error of one that did not start.</param>
/// <param name="IsUsage">True when options or definitions are at fault, false when the machine is.</param>
public sealed record ServerStart(AssayServer? Server, ImmutableArray<string> Problems, bool IsUsage);
