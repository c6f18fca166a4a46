using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Evaluation;

namespace Assay.Cli.Arena;

/// <summary>A run as it was written: its scores, read back.</summary>
internal sealed class SavedRun
{
    private readonly List<ScoreRow> _scores = [];

    private SavedRun(string name, string casesHash) => (Name, CasesHash) = (name, casesHash);

    public string Name { get; }
    public string CasesHash { get; }
    public IEnumerable<string> Variants => _scores.Select(s => s.Variant).Distinct(StringComparer.Ordinal);

    /// <exception cref="UsageException">There is no such run.</exception>
    public static SavedRun Load(ArenaFolder folder, string name)
    {
        var path = Directory.Exists(folder.Of(name)) ? folder.Of(name) : name;
        if (!File.Exists(Path.Combine(path, "report.json"))) throw new UsageException($"there is no run '{name}'", $"runs are in {folder.Runs}; name one of them, or a run's folder");
        try
        {
            var report = ArenaJson.Read(File.ReadAllText(Path.Combine(path, "report.json")));
            var run = new SavedRun(report.RunId, report.CasesHash);
            foreach (var line in File.ReadLines(Path.Combine(path, "answers.jsonl"))) run.Add(JsonNode.Parse(line)!.AsObject());
            return run;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UsageException($"the run in {path} cannot be read: {e.Message}");
        }
    }

    /// <exception cref="UsageException">The run has no such variant.</exception>
    public string Require(string variant) => Variants.Contains(variant) ? variant : throw new UsageException($"{Name} has no variant '{variant}'; there are {string.Join(", ", Variants)}");
    public IEnumerable<ScoreRow> ScoresOf(string variant) => _scores.Where(s => s.Variant == variant);
    public IEnumerable<string> CasesOf(string variant) => ScoresOf(variant).Select(s => s.Case).Distinct(StringComparer.Ordinal);

    private void Add(JsonObject line)
    {
        var row = new ScoreRow { Variant = (string)line["variant"]!, Case = (string)line["case"]!, Repeat = (int)line["repeat"]!, Metric = "", Value = null, Tags = [.. line["tags"]!.AsArray().Select(t => (string)t!)] };
        foreach (var score in line["scores"]!.AsArray())
            _scores.Add(row with
            {
                Metric = (string)score!["metric"]!,
                Value = (double?)score["value"],
                Status = (string?)score["status"] switch { "error" => ScoreStatus.Error, "missing" => ScoreStatus.Missing, _ => ScoreStatus.Scored },
                IsBinary = (bool?)score["binary"] ?? false,
                HigherIsBetter = (bool?)score["higherIsBetter"] ?? true,
                Judge = (string?)score["judge"],
                JudgeRepeat = (int?)score["judgeRepeat"] ?? 0,
            });
        foreach (var metric in SuiteMetrics.Measured)
            if (line["answer"]?[metric] is { } value) _scores.Add(row with { Metric = metric, Value = (double)value, HigherIsBetter = false });
    }
}
