using System.Collections.Immutable;
using System.Globalization;
using Assay.Experiments;

namespace Assay.Cli.Analysis;

/// <summary>A definition made from the command line's options, for a recorded file that has none.</summary>
internal static class AdHocExperiment
{
    /// <param name="request">Names columns and metrics.</param>
    /// <param name="seen">The values of the variant column.</param>
    /// <exception cref="UsageException">An option is missing or does not fit the file.</exception>
    public static (Experiment Experiment, DataMapping Mapping) Create(AnalysisRequest request, IReadOnlyList<string> seen)
    {
        var control = request.Control ?? (seen.Contains("control") ? "control" : throw new UsageException($"say which variant is the control: --control {string.Join(" or --control ", seen.Take(5))}"));
        if (!seen.Contains(control)) throw new UsageException($"--control {control} is not in the column {request.Variant}", "seen: " + string.Join(", ", seen.Take(20)));
        if (seen.Count < 2) throw new UsageException($"the column {request.Variant} holds only '{control}': there is nothing to compare");
        if (seen.Count > 20) throw new UsageException($"the column {request.Variant} holds {seen.Count.ToString(CultureInfo.InvariantCulture)} values: that is no variant", "is it the unit's column?");
        string[] keys = [control, .. seen.Where(v => v != control).Order(StringComparer.Ordinal)];
        var weights = Weights(request.Weights, keys);
        var metrics = request.Metrics.Select(MetricOption.Parse).ToImmutableArray();
        if (metrics.Select(m => m.Name).Distinct().Count() < metrics.Length) throw new UsageException("a metric is named twice");
        var experiment = new Experiment
        {
            Key = Path.GetFileNameWithoutExtension(request.Data[0]),
            Unit = UnitOf(request.Unit),
            Hash = HashKind.Sha256,
            Salt = "",
            Variants = [.. keys.Select((k, i) => new Variant { Key = k, Weight = weights[i], Ranges = [] })],
            Metrics = [.. metrics.Select((m, i) => new ExperimentMetric(m, i == 0 ? MetricRole.Primary : MetricRole.Secondary))],
            Plan = new AnalysisPlan
            {
                Alpha = request.Alpha ?? 0.05,
                MinimumEffect = request.MinimumEffect is { } effect ? new MinimumEffect(effect, false) : null,
            },
            Segments = [.. request.Segments.Select(name => new Segment(name, ImmutableSortedDictionary<string, double>.Empty))],
            DefinitionHash = "",
        };
        return (experiment, new DataMapping { Unit = request.Unit, Variant = request.Variant, Metrics = metrics, Ids = Ids(request.Ids, experiment.Unit, request.Unit) });
    }

    /// <summary>Ids coarser than the unit: <c>--id user=person_id</c>.</summary>
    private static ImmutableSortedDictionary<UnitKind, string> Ids(IReadOnlyList<string> texts, UnitKind unit, string? unitColumn)
    {
        var ids = ImmutableSortedDictionary.CreateBuilder<UnitKind, string>();
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == text.Length - 1 || !Enum.TryParse<UnitKind>(text.AsSpan(0, at), ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || kind == UnitKind.Request || char.IsAsciiDigit(text[0]))
                throw new UsageException($"--id {text} is not understood", "session, conversation, user or cluster, and its column: --id user=person_id");
            if (kind <= unit)
                throw new UsageException($"--id {text} is no coarser than the unit, whose column {unitColumn ?? "(none)"} is taken for a {unit.ToString().ToLowerInvariant()}'s", "a definition says what the unit is: unit: request, data: { ids: … }");
            if (!ids.TryAdd(kind, text[(at + 1)..])) throw new UsageException($"--id names the {text[..at]} twice");
        }
        return ids.ToImmutable();
    }

    /// <summary>Equal shares unless told: <c>--weights base=0.8,tuned=0.2</c>.</summary>
    private static double[] Weights(string? text, string[] keys)
    {
        if (text is null) return [.. keys.Select(_ => 1.0 / keys.Length)];
        var given = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.LastIndexOf('=');
            if (at <= 0 || !double.TryParse(part.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !(weight > 0) || !double.IsFinite(weight) || !given.TryAdd(part[..at], weight))
                throw new UsageException($"--weights {text} is not understood", $"give a share for each variant: --weights {string.Join(",", keys.Select(k => k + "=1"))}");
        }
        if (keys.FirstOrDefault(k => !given.ContainsKey(k)) is { } missing) throw new UsageException($"--weights has no share for '{missing}'");
        if (given.Keys.FirstOrDefault(k => !keys.Contains(k)) is { } strange) throw new UsageException($"--weights names '{strange}', which is not in the file", "seen: " + string.Join(", ", keys));
        var sum = given.Values.Sum();
        return [.. keys.Select(k => given[k] / sum)];
    }

    /// <summary>Only a word for texts; the column's name usually says it.</summary>
    private static UnitKind UnitOf(string? column)
    {
        bool Says(string word) => column?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
        return Says("conversation") || Says("dialog") || Says("thread") ? UnitKind.Conversation
            : Says("session") ? UnitKind.Session : Says("request") ? UnitKind.Request : Says("cluster") || Says("team") ? UnitKind.Cluster : UnitKind.User;
    }
}
