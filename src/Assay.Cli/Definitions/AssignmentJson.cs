using System.Text.Json.Nodes;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary>The shape of <c>POST /api/v1/assign</c>, with the unit. A file has no version, and nothing was exposed: both are null.</summary>
internal static class AssignmentJson
{
    public static JsonObject Of(Experiment experiment, string unit, AssignmentDecision decision)
    {
        var variant = decision.IsAssigned ? experiment.Variants[decision.VariantIndex] : null;
        return new JsonObject
        {
            ["unit"] = unit,
            ["experiment"] = experiment.Key,
            ["version"] = null,
            ["variant"] = variant?.Key,
            ["bucket"] = decision.Bucket < 0 ? null : decision.Bucket,
            ["propensity"] = decision.Propensity,
            ["config"] = variant?.Config is { } config ? JsonNode.Parse(config.GetRawText()) : null,
            ["exposureId"] = null,
            ["reason"] = AssignmentText.Reason(decision.Reason),
        };
    }
}
