using System.Diagnostics;
using Assay.Testing;

namespace Assay.EndToEnd;

/// <summary>A published folder runs by itself.</summary>
[Trait("Kind", "end to end"), Trait("Tier", "slow")]
public sealed class PublishTests
{
    [Fact]
    public async Task Publish_Folder_RunsWithoutSdkOrNpmOnThePath()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, await RunAsync(Path.Combine(RepositoryRoot.Path, "assay"), ["publish", folder.Combine("out")], withPath: true));
        Assert.True(File.Exists(folder.Combine("out", "libduckdb.so")) || File.Exists(folder.Combine("out", "libduckdb.dylib")));
        folder.File("a.csv", "user_id,arm,correct\nu1,base,1\nu2,base,0\nu3,tuned,1\nu4,tuned,1\n");
        Assert.Equal(0, await RunAsync(folder.Combine("out", "assay"),
            ["analyze", "--data", folder.Combine("a.csv"), "--unit", "user_id", "--variant", "arm", "--control", "base", "--metric", "correct:proportion"], withPath: false));
    }

    private static async Task<int> RunAsync(string program, string[] arguments, bool withPath)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (!withPath)
        {
            start.Environment["PATH"] = "/nonexistent";
            start.Environment.Remove("DOTNET_ROOT");
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        await process.WaitForExitAsync(limit.Token);
        TestContext.Current.SendDiagnosticMessage($"{await output}{await error}");
        return process.ExitCode;
    }
}
