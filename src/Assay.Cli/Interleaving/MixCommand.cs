using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assay.Cli.Records;
using Assay.Cli.Stats;

namespace Assay.Cli.Interleaving;

/// <summary><c>assay interleave mix FILE</c>: <c>{a, b, k}</c> in, <c>{mixed, fromA, fromB}</c> out.</summary>
internal static class MixCommand
{
    private static readonly string[] Known = ["a", "b", "k", "method", "alternate", "first", "seed"];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "JSON: a and b are rankings, best first; k is how many to show. Also method, first, seed. - reads standard input" };
        var method = new Option<string?>("--method") { Description = "team-draft (a coin each round; the default), alternate (one coin, then turns), balanced, probabilistic" };
        method.AcceptOnlyFromAmong(MixMethod.Names);
        var first = new Option<string?>("--first") { Description = "a or b goes first, instead of a coin; for alternate and balanced" };
        first.AcceptOnlyFromAmong("a", "b");
        var seed = new Option<int?>("--seed") { Description = "Of the coins, to repeat a list; without it each run tosses its own" };
        var format = OutputFormat.CreateOption();
        var command = new Command("mix", "Mix two rankings into one list. An item is credited to the ranking that placed it.\n\n"
            + """Example: echo '{"a": ["sony", "jbl"], "b": ["bose", "sony"], "k": 3}' | assay interleave mix -""") { file, method, first, seed, format };
        command.SetAction(parse => Run(
            parse.GetValue(file)!, parse.GetValue(method), parse.GetValue(first), parse.GetValue(seed), parse.GetValue(format) == "json", parse.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string file, string? method, string? first, int? seed, bool asJson, TextWriter output)
    {
        var records = RecordFile.Read(file);
        if (records.Count > 1) throw new UsageException($"{file}: holds {records.Count} rows; give one object with a, b and k");
        var record = records[0];
        foreach (var name in record.Names)
            if (!Known.Contains(name)) throw record.Wrong(name, $"is unknown; there are {string.Join(", ", Known)}");
        string[][] rankings = [Ranking(record, "a"), Ranking(record, "b")];
        var k = record.Number("k");
        if (k != Math.Floor(k) || k < 1 || k > 100_000) throw record.Wrong("k", $"must be a whole number from 1 on, not {record.Text("k")}");

        first ??= record.Has("first") ? One(record, "first", "a", "b") : null;
        method ??= record.Has("method") ? One(record, "method", MixMethod.Names)
            : (record.Has("alternate") && record.Number("alternate") == 1) || first is not null ? "alternate" : "team-draft";
        if (first is not null && method is not ("alternate" or "balanced")) throw new UsageException($"first: {method} draws who goes first; use alternate or balanced");
        var drawn = seed ?? (record.Has("seed") ? (int)Math.Clamp(record.Number("seed"), int.MinValue, int.MaxValue) : RandomNumberGenerator.GetInt32(int.MaxValue));
        var shown = MixMethod.Mix(method, rankings, (int)k, first is null ? null : first == "a" ? 0 : 1, new Random(drawn));
        string[] fromA = [.. shown.Where(p => p.Ranker == 0).Select(p => p.Item)], fromB = [.. shown.Where(p => p.Ranker == 1).Select(p => p.Item)];
        if (asJson)
        {
            output.WriteLine(JsonText.Of(new JsonObject
            {
                ["mixed"] = Array([.. shown.Select(p => p.Item)]),
                ["fromA"] = Array(fromA),
                ["fromB"] = Array(fromB),
                ["method"] = method,
                ["seed"] = drawn,
            }));
            return ExitCode.Done;
        }
        for (var i = 0; i < shown.Count; i++) output.WriteLine($"{i + 1,3}  {(shown[i].Ranker == 0 ? 'A' : 'B')}  {shown[i].Item}");
        if (shown.Count < k) Console.Error.WriteLine($"the rankings hold only {shown.Count} items between them");
        return ExitCode.Done;
    }

    private static string[] Ranking(Record record, string name)
    {
        string[] items = [.. record.List(name).Select(i => i.Text)];
        var twice = items.GroupBy(i => i, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? items : throw record.Wrong(name, $"holds '{twice.Key}' twice");
    }

    private static string One(Record record, string name, params string[] allowed) => record.Text(name) is var text && allowed.Contains(text)
        ? text : throw record.Wrong(name, $"'{text}' is not one of {string.Join(", ", allowed)}");

    private static JsonArray Array(string[] items) => new([.. items.Select(i => JsonValue.Create(i))]);
}
