using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>Sums up one variant of a run.</summary>
internal static class VariantReports
{
    public static VariantReport Of(SuiteVariant variant, ArenaRun run)
    {
        var answers = run.Answers.Where(a => a.Variant == variant.Key).ToList();
        var given = answers.Where(a => a.Answer is not null).Select(a => a.Answer!).ToList();
        var call = run.Plan.Cells.FirstOrDefault(c => c.Variant.Key == variant.Key)?.Call;
        var latencies = given.Where(a => a.LatencyMs is not null).Select(a => a.LatencyMs!.Value).Order().ToList();
        return new VariantReport
        {
            Key = variant.Key,
            Kind = variant.IsModel ? "model" : variant.Http is not null ? "http" : variant.Command is not null ? "command" : "outputs",
            Hash = SuiteHash.OfVariant(variant, run.Suite),
            Upstream = variant.Settings.Upstream,
            Model = variant.Settings.Model,
            System = variant.Settings.System?.Text,
            PromptVersion = variant.Settings.PromptVersion,
            Prompt = variant.Prompt,
            Application = SuiteDifference.Application(variant),
            Context = variant.Context,
            ContextByCase = variant.ContextByCase,
            Parameters = call?.Parameters ?? ImmutableSortedDictionary<string, JsonElement>.Empty,
            Tools = variant.Settings.Tools,
            Config = variant.Settings.Config,
            ServedModels = Distinct(given.Select(a => a.ServedModel)),
            SystemFingerprints = Distinct(given.Select(a => a.SystemFingerprint)),
            Answers = given.Count,
            Failed = answers.Count - given.Count,
            Means = run.Scores.Where(s => s.Variant == variant.Key && s.Value is not null).GroupBy(s => s.Metric, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => g.GroupBy(s => s.Case, StringComparer.Ordinal).Average(c => c.Average(s => s.Value!.Value)), StringComparer.Ordinal),
            LatencyP50Ms = At(latencies, 0.5),
            LatencyP95Ms = At(latencies, 0.95),
            CostUsd = given.Count == 0 || given.Exists(a => a.CostUsd is null) ? null : given.Sum(a => a.CostUsd),
        };
    }

    private static double? At(List<double> sorted, double share) => sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    private static ImmutableArray<string> Distinct(IEnumerable<string?> values) => [.. values.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
