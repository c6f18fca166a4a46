using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>Asks for a Bayesian view beside the plan's own: never a ground to decide.</summary>
/// <param name="Priors">Declared before data, by primary; a primary without one is given a weakly informative prior, which the report prints.</param>
public sealed record BayesianPlan(ImmutableSortedDictionary<string, Prior> Priors);
