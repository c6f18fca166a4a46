using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The column of a recorded file that holds the plan's covariate.</summary>
internal static class CovariateColumn
{
    /// <summary>One name, or none: an attribute is looked for under its own name.</summary>
    public static IEnumerable<string> Of(Experiment experiment) => experiment.Plan.Covariate?.Attribute is { } attribute ? [attribute] : [];
}
