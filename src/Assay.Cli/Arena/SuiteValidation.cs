using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Evaluation;
using Assay.Experiments;

namespace Assay.Cli.Arena;

/// <summary>The outcome of checking a suite, for people and for scripts.</summary>
internal static class SuiteValidation
{
    /// <summary>Reads it, and looks whether every case has what every prompt needs.</summary>
    public static SuiteResult Of(string file)
    {
        var result = SuiteFiles.Read(file);
        if (result.Suite is not { } suite) return result;
        var plan = ArenaPlan.Of(suite);
        return plan.Problems.IsEmpty ? result : new SuiteResult(null, [.. result.Problems, .. plan.Problems]);
    }

    public static void Write(string file, SuiteResult result, TextWriter output)
    {
        foreach (var problem in result.Problems) output.WriteLine(problem);
        var errors = result.Problems.Count(p => p.Severity == ProblemSeverity.Error);
        if (!result.Problems.IsEmpty) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{errors} error{(errors == 1 ? "" : "s")}, {result.Problems.Length - errors} warning{(result.Problems.Length - errors == 1 ? "" : "s")}"));
        if (result.Suite is not { } suite) return;
        output.WriteLine();
        ArenaScreen.Before(ArenaPlan.Of(suite), output);
        output.WriteLine($"  metrics: {string.Join(", ", SuiteMetrics.Names(suite))}");
        output.WriteLine($"valid; next: assay arena run {file} --dry-run");
    }

    public static JsonObject Json(JsonObject definitions, List<(string File, SuiteResult Result)> suites)
    {
        if (suites.Count == 0) return definitions;
        var problems = definitions["problems"]!.AsArray();
        foreach (var problem in suites.SelectMany(s => s.Result.Problems))
            problems.Add(new JsonObject
            {
                ["severity"] = problem.Severity.ToString().ToLowerInvariant(),
                ["code"] = problem.Code,
                ["file"] = problem.File,
                ["line"] = problem.Line,
                ["path"] = problem.Path,
                ["message"] = problem.Message,
                ["hint"] = problem.Hint,
            });
        if (suites.Exists(s => s.Result.Suite is null)) definitions["valid"] = false;
        definitions["suites"] = new JsonArray([.. suites.Where(s => s.Result.Suite is not null).Select(s => Of(s.Result.Suite!))]);
        return definitions;
    }

    private static JsonObject Of(Suite suite) => new()
    {
        ["suite"] = suite.Key,
        ["suiteHash"] = suite.SuiteHash,
        ["casesHash"] = suite.CasesHash,
        ["cases"] = suite.Cases.Length,
        ["metrics"] = new JsonArray([.. SuiteMetrics.Names(suite).Select(m => JsonValue.Create(m))]),
        ["variants"] = new JsonArray([.. suite.Variants.Select(v => JsonValue.Create(v.Key))]),
        ["differences"] = new JsonArray([.. SuiteDifference.Of(suite).Select(d => new JsonObject { ["treatment"] = d.Treatment, ["kinds"] = new JsonArray([.. d.Kinds.Select(k => JsonValue.Create(k))]), ["confounded"] = d.IsConfounded })]),
    };
}
