using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Analysis;
using Assay.Cli.Stats;
using Assay.Events;
using Assay.Experiments;
using Assay.Storage;

namespace Assay.Cli.Definitions;

/// <summary><c>assay assign FILE --check</c>: is the assignment what chance would make of it?</summary>
internal sealed class AssignmentChecking
{
    private const int MostUnits = 10_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Option<int> _resalts = new("--resalts") { HelpName = "R", Description = "With --check: assignments of the same units by other salts", DefaultValueFactory = _ => 500 };
    private readonly Option<long> _seed = new("--seed") { HelpName = "S", Description = "With --check: names the other salts; the same seed gives the same result", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _data = new("--data") { HelpName = "EVENTS", Description = "With --check: recorded data (as analyze --data): its units, and A/A comparisons of the first primary metric", AllowMultipleArgumentsPerToken = true };

    private readonly Option<string[]> _against = new("--against") { HelpName = "FILE", Description = "With --check: definitions of other experiments, whose arms must have nothing to do with these", AllowMultipleArgumentsPerToken = true };

    public Option<bool> Check { get; } = new("--check") { Description = "Assign many units again and again by other salts and hold the result against chance: arms as large as their weights, unrelated to other salts and experiments, A/A p-values as they must be. Exit 0 or 1" };

    public IEnumerable<Option> All => [Check, _against, _data, _resalts, _seed];

    /// <exception cref="UsageException">An option does not fit.</exception>
    public async Task<int> RunAsync(ParseResult parse, DefinitionSet set, string? units, UnitAttributes attributes, bool hasAttributes, bool isJson, CancellationToken cancellationToken)
    {
        var resalts = parse.GetValue(_resalts);
        if (resalts is < 20 or > 1_000_000) throw new UsageException($"--resalts {resalts}: must lie between 20 and 1,000,000");
        if (set.Experiments.Any(e => e.Variants.Length > 100)) throw new UsageException("--check: an experiment has more than 100 variants");
        string[] data = parse.GetValue(_data) ?? [];
        if (data.Length > 0 && units is not null) throw new UsageException("--data brings its own units: leave --units out");
        if (data.Length > 0 && set.Experiments.Length > 1) throw new UsageException($"--data is about one experiment, and these files hold {set.Experiments.Length}", "check one FILE at a time with --data");
        var others = ImmutableArray<Experiment>.Empty;
        // Each by itself: experiments that never meet in one file may name their metrics alike.
        foreach (var path in parse.GetValue(_against) ?? [])
            others = DefinitionArguments.Read([path]) is { } read ? others.AddRange(read.Experiments) : throw new UsageException($"--against {path} has errors");
        var values = ImmutableArray<UnitValue>.Empty;
        if (data.Length > 0)
        {
            (values, var code) = await ValuesAsync(data, set, cancellationToken);
            if (code is { } wrong) return wrong;
        }
        var ids = data.Length > 0 ? [.. values.Select(v => v.Unit)] : await UnitsAsync(units, cancellationToken);
        var reports = new List<AssignmentCheckReport>();
        // Without attributes every unit would fall out of an audience; who is in it has nothing to do with the salt.
        Experiment Everyone(Experiment e) => hasAttributes ? e : e with { Audience = e.Audience with { Where = null } };
        ImmutableArray<Experiment> experiments = [.. set.Experiments.Select(Everyone)];
        foreach (var experiment in experiments)
            reports.Add(AssignmentCheck.Run(experiment, ids, new AssignmentCheckOptions
            {
                Resalts = resalts,
                Seed = parse.GetValue(_seed),
                Parallelism = Environment.ProcessorCount,
                Attributes = attributes,
                Values = values,
                Others = [.. experiments.Where(e => e.Key != experiment.Key), .. others.Select(Everyone)],
            }, null, cancellationToken));
        if (isJson) Console.Out.WriteLine(reports.Count == 1 ? JsonSerializer.Serialize(reports[0], Json) : JsonSerializer.Serialize(reports, Json));
        else foreach (var report in reports) Write(Console.Out, report);
        return reports.Any(r => r.Outcome == "fail") ? ExitCode.Fail : reports.Any(r => r.Outcome == "inconclusive") ? ExitCode.Inconclusive : ExitCode.Done;
    }

    private static void Write(TextWriter output, AssignmentCheckReport report)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Experiment}: {Say.Count(report.Units)} units{(report.NotAssigned.Count == 0 ? "" : $" ({string.Join(", ", report.NotAssigned.Select(r => $"{Say.Count(r.Value)} {r.Key}"))})")}, assigned again by {Say.Count(report.Resalts)} other salts (seed {report.Seed})"));
        foreach (var test in report.Tests)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(test.Passes switch { true => "yes", false => "NO ", _ => "-  " })}  {test.Text}{(test.PValue is { } p ? string.Create(CultureInfo.InvariantCulture, $" (p {(p < 0.0001 ? "below .0001" : p.ToString("0.0000", CultureInfo.InvariantCulture))})") : "")}"));
        output.WriteLine(report.Summary);
    }

    private static async Task<IReadOnlyList<string>> UnitsAsync(string? units, CancellationToken cancellationToken)
    {
        if (units is null) return Made(10_000);
        if (int.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return count is >= 1 and <= MostUnits ? Made(count) : throw new UsageException($"--units {units}: must lie between 1 and 10,000,000");
        if (units != "-" && !File.Exists(units)) throw new FileNotFoundException($"there is no file '{units}'; --units takes a number of made-up units, a FILE of ids, one a line, or -");
        var lines = units == "-" ? (await Console.In.ReadToEndAsync(cancellationToken)).Split('\n') : await File.ReadAllLinesAsync(units, cancellationToken);
        string[] ids = [.. lines.Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0)];
        var distinct = ids.Distinct(StringComparer.Ordinal).ToArray();
        if (distinct.Length < ids.Length) Console.Error.WriteLine($"warning: {Say.Count(ids.Length - distinct.Length)} ids stand there more than once and count once");
        return distinct;

        static string[] Made(int count) => [.. Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"unit-{i}"))];
    }

    private static async Task<(ImmutableArray<UnitValue> Values, int? Code)> ValuesAsync(string[] data, DefinitionSet set, CancellationToken cancellationToken)
    {
        var experiment = set.Experiments[0];
        var primary = experiment.MetricsOf(MetricRole.Primary).FirstOrDefault()?.Metric ?? throw new UsageException($"{experiment.Key} has no primary metric to compare: metrics.primary");
        if (primary.Type == MetricType.Quantile) throw new UsageException($"{primary.Name} is a quantile of events, not a value of units: --data needs a share, a mean or a ratio as the first primary metric");
        var opened = await FileMomentSource.OpenAsync(data, set.Data, experiment, cancellationToken);
        if (Analysis.DataProblems.Print(opened.Problems) is { } code) return ([], code);
        using var source = opened.Source!;
        var query = MomentsQueries.For(experiment, source.Version) with { IsComplete = true, WithDiagnostics = false, UnitsOf = primary.Name };
        var units = (await source.ReadMomentsAsync(query, cancellationToken)).Units;
        return units.IsEmpty ? throw new UsageException($"--data {string.Join(' ', data)} holds no units of {experiment.Key}") : (units, null);
    }
}
