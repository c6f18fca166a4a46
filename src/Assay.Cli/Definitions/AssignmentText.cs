using System.Globalization;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary>One decision as a line of tab-separated fields: unit, experiment, variant or -, reason, bucket or -.</summary>
internal static class AssignmentText
{
    public static string Of(Experiment experiment, string unit, AssignmentDecision decision) => string.Join('\t',
        unit, experiment.Key, decision.IsAssigned ? experiment.Variants[decision.VariantIndex].Key : "-", Reason(decision.Reason),
        decision.Bucket < 0 ? "-" : decision.Bucket.ToString("0.000000", CultureInfo.InvariantCulture));

    /// <summary>As the contract spells it: <c>not-in-audience</c>.</summary>
    public static string Reason(AssignmentReason reason) =>
        string.Concat(reason.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
