using System.Globalization;
using Assay.Experiments;

namespace Assay.Cli.Definitions;

/// <summary>The outcome of a validation for people.</summary>
internal static class ValidationText
{
    private const int LongestValue = 60;

    public static void Write(DefinitionResult result, TextWriter output)
    {
        foreach (var problem in result.Problems) output.WriteLine(problem);
        var (errors, warnings) = (result.Errors.Count(), result.Warnings.Count());
        if (result.Problems.Length > 0) output.WriteLine($"{Count(errors, "error")}, {Count(warnings, "warning")}");
        foreach (var experiment in result.Definitions?.Experiments ?? []) Write(experiment, output);
        if (result.Definitions is not null) output.WriteLine(result.Definitions.Experiments.IsEmpty ? "valid" : "valid; next: assay experiments create FILE");
    }

    private static void Write(Experiment experiment, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{experiment.Key}: unit {experiment.Unit.ToString().ToLowerInvariant()}, exposure {DefinitionArguments.Percent(experiment.Exposure)}, definition {experiment.DefinitionHash[..12]}");
        foreach (var variant in experiment.Variants)
        {
            var ranges = string.Join(" ", variant.Ranges.Select(r => string.Create(CultureInfo.InvariantCulture, $"[{r.Low:0.######}, {r.High:0.######})")));
            output.WriteLine($"  {variant.Key}: {DefinitionArguments.Percent(variant.Weight)} of the exposed, buckets {ranges}");
            if (variant == experiment.Control) continue;
            foreach (var difference in VariantDifference.Between(experiment.Control, variant))
                output.WriteLine($"    {difference.Field}: {Short(difference.Control)} -> {Short(difference.Treatment)}");
        }
        foreach (var role in experiment.Metrics.GroupBy(m => m.Role))
            output.WriteLine($"  {role.Key.ToString().ToLowerInvariant()}: {string.Join(", ", role.Select(m => m.Metric.Name))}");
    }

    private static string Short(string? value)
    {
        if (value is null) return "(as requested)";
        var line = value.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestValue ? line : line[..(LongestValue - 1)] + "…";
    }

    private static string Count(int n, string noun) => string.Create(CultureInfo.InvariantCulture, $"{n} {noun}{(n == 1 ? "" : "s")}");
}
