using System.Collections.Immutable;
using Assay.Experiments;

namespace Assay.Gateway;

/// <summary>A model name that clients may ask for, and what answers to it.</summary>
/// <param name="Name">As in the request's <c>model</c>.</param>
/// <param name="Declared">The route outside any experiment; null when only experiments name it.</param>
/// <param name="Experiments">In ordinal order of their keys.</param>
internal sealed record ServedRoute(string Name, Route? Declared, ImmutableArray<ServedExperiment> Experiments);
