using Assay.Experiments;

namespace Assay.Storage;

/// <summary>The columns of a recorded file that hold what the plan adjusts by: an attribute is looked for under its own name.</summary>
internal static class PlanColumns
{
    /// <summary>Of covariates, which are numbers.</summary>
    public static IEnumerable<string> Covariates(Experiment experiment) => experiment.Plan.Covariates.Select(c => c.Attribute).OfType<string>();

    /// <summary>Of covariates and strata.</summary>
    public static IEnumerable<string> All(Experiment experiment) => Covariates(experiment).Concat(experiment.Plan.Strata);
}
