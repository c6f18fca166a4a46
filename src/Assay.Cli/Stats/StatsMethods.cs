using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Experiments.Reading;

namespace Assay.Cli.Stats;

/// <summary>Every method that <c>assay stats</c> knows, by name.</summary>
public static class StatsMethods
{
    /// <summary>In the order in which <c>--list</c> shows them.</summary>
    public static IReadOnlyList<StatsMethod> All { get; } =
    [
        .. ProportionMethods.All, .. MeanMethods.All, .. RatioMethods.All, .. QuantileMethods.All, .. PairedMethods.All,
        .. PlanningMethods.All, .. DesignMethods.All, .. FamilyMethods.All,
        .. GroupSequentialMethods.All, .. AlwaysValidMethods.All,
        .. RankMethods.All,
        .. ClusterMethods.All,
        .. VarianceMethods.All,
        .. VarianceReductionMethods.All,
        .. EquivalenceMethods.All,
        .. ResamplingMethods.All,
        .. BayesianMethods.All,
        .. AgreementMethods.All,
        .. JudgeMethods.All,
        .. RankingMethods.All,
        .. InterleavingMethods.All,
        .. DiagnosticMethods.All,
        .. BanditMethods.All,
    ];

    /// <summary>The names that rows of a report give to a method where it took this turn, or was taken of moments.</summary>
    private static readonly Dictionary<string, string> s_rowNames = new(StringComparer.Ordinal)
    {
        ["score-interval-fisher"] = "score-interval",
        ["ratio-fieller"] = "ratio-delta",
        ["quantile-order-statistics"] = "quantile-difference",
        ["post-stratified-mean"] = "post-stratification",
        ["post-stratified-ratio"] = "post-stratification",
        ["cluster-t"] = "cluster-robust",
    };

    /// <summary>The method of that name, or of that <c>method</c> of a report's row.</summary>
    /// <exception cref="UsageException">There is none; the message names the nearest.</exception>
    public static StatsMethod Find(string name) => All.FirstOrDefault(m => m.Name == s_rowNames.GetValueOrDefault(name, name))
        ?? throw new UsageException($"there is no method '{name}'", Hint(name));

    /// <summary>Runs one method on one JSON object.</summary>
    /// <exception cref="UsageException">A field is missing, unknown, of the wrong type or out of its range; the message names it.</exception>
    public static JsonObject Run(string name, JsonElement input)
    {
        var method = Find(name);
        var fields = new StatsInput(input);
        try
        {
            var result = method.Run(fields);
            fields.RefuseUnknown();
            return result;
        }
        catch (ArgumentException misuse)
        {
            // The library names its parameters as the fields are named; its message ends with what .NET adds, which no user needs.
            var end = misuse.Message.IndexOf(" (Parameter", StringComparison.Ordinal);
            var message = end < 0 ? misuse.Message : misuse.Message[..end];
            throw new UsageException($"{misuse.ParamName}: {message}", misuse);
        }
    }

    // A part of a name ("welch") is too far off for a misspelling, but says enough.
    private static string Hint(string name) => Suggestions.Hint(name, All.Select(m => m.Name))
        ?? (name.Length > 2 && All.FirstOrDefault(m => m.Name.Contains(name, StringComparison.OrdinalIgnoreCase)) is { } part
            ? $"did you mean '{part.Name}'?" : "assay stats --list shows them all");
}
