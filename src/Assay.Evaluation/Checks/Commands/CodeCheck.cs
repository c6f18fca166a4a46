using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Assay.Evaluation.Checks;

/// <summary>The code in the answer compiles, or passes tests, in a bounded child process.</summary>
internal static class CodeCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("code", 1, "the code in the answer compiles or, with tests, passes them: in a child process within limits, without this process's environment. Over repeats it gives pass@k", IsBinary: true,
        [
            new("language", "text", string.Join(", ", CodeLanguage.All.Keys) + "; another one needs 'command' and 'file'", "python"),
            new("tests", "text", "code that is put after the answer's and must run to its end; {{name}} is filled from the case", "none: it must compile"),
            new("command", "text or list of texts", "what to run in the folder with the file instead; exit code 0 passes", "the language's own"),
            new("file", "text", "the name of the file that the code is written to", "the language's own"),
            CodeFence.Argument,
            .. CommandArguments.Limits,
        ]),
        Make);

    private static CheckRule? Make(CheckArguments arguments, CheckServices services)
    {
        var name = arguments.Text("language") ?? "python";
        var language = CodeLanguage.All.GetValueOrDefault(name);
        var tests = arguments.Text("tests") is { } text ? Wanted.Of(text) : null;
        var own = arguments.Has("command");
        var file = arguments.Text("file") ?? language?.File;
        var fence = arguments.Flag("fence", true);
        if (language is null && !(own && file is not null))
            arguments.Problem("language", $"code knows no way to run '{name}'", $"known are {string.Join(", ", CodeLanguage.All.Keys)}; for another language write 'command' and 'file'");
        if (file is not null && (file.Length == 0 || file != Path.GetFileName(file))) arguments.Problem("file", "'file' of code is not a plain file name");
        if (CommandArguments.Read(arguments, services, tests is null ? language?.Compile : language?.Run) is not { } command || arguments.HasProblems) return null;

        return async (golden, answer, stop) =>
        {
            string? testing = null;
            if (tests is not null && !tests.TryFor(golden, out testing, out var missing)) return missing;
            var code = fence ? CodeFence.Inside(answer.Text) : answer.Text;
            if (string.IsNullOrWhiteSpace(code)) return CheckResult.Fail("there is no code in the answer");
            // Code that ends the process before its tests has not passed them, whatever its exit code.
            var token = testing is null || own ? null : "passed " + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
            var content = testing is null ? code : $"{code}\n\n{testing}\n{(token is null ? "" : language!.Print(token))}\n";
            return await RunAsync(services.ProcessRunner!, command, file!, content, token, stop);
        };
    }

    private static async Task<CheckResult> RunAsync(IProcessRunner runner, ProcessRequest command, string file, string content, string? token, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("assay-code-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), content, stop);
            var result = await runner.RunAsync(command with { WorkingDirectory = folder.FullName, Command = Absolute(command) }, stop);
            if (result.Outcome == ProcessOutcome.NotStarted) return CheckResult.Error(result.Describe(command.Limits));
            if (result is not { Outcome: ProcessOutcome.Exited, ExitCode: 0 })
                return CheckResult.Fail(result.Describe(command.Limits) + (result.Error.Length > 0 ? ": " + Shown.Last(result.Error) : ""));
            return token is null || result.Output.Contains(token, StringComparison.Ordinal) ? CheckResult.Pass() : CheckResult.Fail("it ended before its tests did");
        }
        finally
        {
            TryDelete(folder);
        }
    }

    // A program given as a path starts from the suite's folder, not from the one that the code is in.
    private static ImmutableArray<string> Absolute(ProcessRequest command) =>
        command.Command[0].Contains('/', StringComparison.Ordinal) ? command.Command.SetItem(0, Path.GetFullPath(command.Command[0], Path.GetFullPath(command.WorkingDirectory ?? "."))) : command.Command;

    private static void TryDelete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system's temporary folder is emptied by others too; the score stands.
        }
    }
}
