using System.Text.Json.Nodes;

namespace Assay.Analysis;

/// <summary>What reproduces a row at a look, in the keys of <c>assay stats group-sequential</c> and <c>group-sequential-result</c>.</summary>
internal static class LookArguments
{
    public static JsonObject Of(Comparison comparison, SequentialPlan plan)
    {
        var found = comparison.Look!;
        var declared = plan.Experiment.Plan;
        var looks = comparison.Looks;
        var arguments = new JsonObject { ["look"] = looks[^1].Look, ["looks"] = new JsonArray([.. looks.Select(l => (JsonNode)l.Fraction)]) };
        if (declared.Boundaries.IsEmpty)
        {
            arguments["spending"] = declared.Spending ?? "obrien-fleming";
            if (declared.SpendingParameter is { } parameter) arguments["parameter"] = parameter;
            else if (declared.Spending == "hwang-shih-decani") arguments["parameter"] = PlannedDesign.DefaultGamma;
            else if (declared.Spending == "kim-demets") arguments["parameter"] = PlannedDesign.DefaultExponent;
            arguments["final"] = looks[^1].IsLast;
        }
        var boundary = plan.Boundary(looks, found.Alpha);
        arguments["criticalValues"] = new JsonArray([.. boundary.Design.CriticalValues.Select(c => double.IsFinite(c) ? (JsonNode?)c : null)]);
        arguments["alpha"] = found.Alpha;
        arguments["critical"] = found.Critical;
        arguments["alphaSpent"] = found.AlphaSpent;
        arguments["z"] = found.Z;
        if (found.FutilityBound is { } futility) arguments["futilityBound"] = futility;
        if (!found.IsCrossed) return arguments;
        arguments["stoppedAtLook"] = looks.Length;
        arguments["standardError"] = found.StandardError;
        arguments["intervalAlpha"] = boundary.Level;
        return arguments;
    }
}
