using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Evaluation;

/// <summary>How often what was run, in a file beside the results: so that a gate that was tried again until it passed shows it.</summary>
public sealed class RunLedger(string path)
{
    /// <summary>Finished runs of the same content, oldest first.</summary>
    public ImmutableArray<EarlierRun> Of(string contentHash)
    {
        if (!File.Exists(path)) return [];
        var runs = ImmutableArray.CreateBuilder<EarlierRun>();
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                if (JsonNode.Parse(line) is not JsonObject entry || (string?)entry["contentHash"] != contentHash) continue;
                runs.Add(new EarlierRun((string)entry["runId"]!, entry["finishedAt"]!.GetValue<DateTimeOffset>(), (string)entry["outcome"]!, (int)entry["repeats"]!, (string)entry["suiteHash"]!));
            }
            catch (JsonException)
            {
                // A crash may have cut the last line off.
            }
        }
        return runs.ToImmutable();
    }

    /// <summary>Adds a finished run and puts it on disk.</summary>
    public void Add(ArenaReport report, DateTimeOffset finishedAt)
    {
        ArgumentNullException.ThrowIfNull(report);
        var entry = new JsonObject
        {
            ["runId"] = report.RunId,
            ["suite"] = report.Suite,
            ["contentHash"] = report.ContentHash,
            ["suiteHash"] = report.SuiteHash,
            ["variants"] = new JsonObject(report.Variants.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Key, v.Hash))),
            ["cases"] = report.Cases,
            ["repeats"] = report.Repeats,
            ["finishedAt"] = finishedAt,
            ["outcome"] = report.Outcome?.ToString().ToLowerInvariant() ?? "none",
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        // What a crash cut off must not swallow this line too.
        var torn = file.Length > 0 && LastByte(file) != '\n';
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((torn ? "\n" : "") + entry.ToJsonString() + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }
}
