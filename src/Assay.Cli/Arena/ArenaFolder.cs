using System.Globalization;
using Assay.Evaluation;

namespace Assay.Cli.Arena;

/// <summary>Where runs live: one answer log and one ledger for all, a folder for each.</summary>
internal sealed class ArenaFolder(string root)
{
    public string Root { get; } = Path.GetFullPath(root);
    public string LogFile => Path.Combine(Root, "answers.jsonl");
    public string Runs => Path.Combine(Root, "runs");
    public RunLedger Ledger => new(Path.Combine(Root, "ledger.jsonl"));

    /// <exception cref="IOException">Another run has it, or the disk is full.</exception>
    public AnswerLog OpenLog()
    {
        try
        {
            return AnswerLog.Open(LogFile);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(LogFile))
        {
            throw new IOException($"{LogFile} cannot be opened: {e.Message} Another run may be using it; wait for it, or give this one another folder with --out", e);
        }
    }

    /// <summary>A name that sorts by time and is not taken.</summary>
    public string NewRunId(DateTimeOffset now, string suite)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{suite}");
        var id = name;
        for (var n = 2; Directory.Exists(Path.Combine(Runs, id)); n++) id = string.Create(CultureInfo.InvariantCulture, $"{name}-{n}");
        return id;
    }

    public string Of(string runId) => Path.Combine(Runs, runId);

    /// <summary>Writes the results of a run; the report last, so that a folder with one is whole.</summary>
    public async Task<string> WriteAsync(ArenaReport report, ArenaRun run, string html, CancellationToken cancellationToken)
    {
        var folder = Of(report.RunId);
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "answers.jsonl"), ArenaRows.Answers(run), cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(folder, "verdicts.jsonl"), ArenaRows.Verdicts(run), cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(folder, "results.csv"), ArenaRows.Csv(run), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), html, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), ArenaJson.Write(report), cancellationToken);
        return folder;
    }
}
