using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>A check, or every reason why there is none.</summary>
/// <param name="Check">Null exactly when there are problems.</param>
/// <param name="Kind">What it is; null when the name is unknown.</param>
/// <param name="Problems">Empty when the check was made.</param>
public sealed record CheckCreation(ICheck? Check, CheckKind? Kind, ImmutableArray<CheckProblem> Problems);
