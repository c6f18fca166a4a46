using System.Collections.Immutable;
using System.Diagnostics;

namespace Assay.Evaluation.Tests.Processes;

/// <summary>Real children of a real shell: every limit is hit once.</summary>
public sealed class BoundedProcessRunnerTests : IDisposable
{
    private static readonly ProcessLimits Limits = new() { WallTime = TimeSpan.FromSeconds(20), CpuTime = TimeSpan.FromSeconds(15) };
    private readonly BoundedProcessRunner runner = new(TimeProvider.System, 4);

    public void Dispose() => runner.Dispose();

    private Task<ProcessResult> ShellAsync(string script, ProcessLimits? limits = null, string input = "", CancellationToken? stop = null) =>
        runner.RunAsync(new ProcessRequest { Command = ["sh", "-c", script], Limits = limits ?? Limits, Input = input }, stop ?? TestContext.Current.CancellationToken);

    [Fact]
    public async Task Run_OfCommand_GivesOutputErrorAndExitCode()
    {
        var result = await ShellAsync("cat; echo bad >&2; exit 3", input: "grüß dich");
        Assert.Equal(new ProcessResult(ProcessOutcome.Exited, 3, "grüß dich", "bad\n"), result);
    }

    [Fact]
    public async Task Run_OfCommandThatReadsNoInput_DoesNotHang() => Assert.Equal(0, (await ShellAsync("exit 0", input: new string('x', 1 << 20))).ExitCode);

    [Fact]
    public async Task Run_WithSecretsAround_InheritsNone()
    {
        Environment.SetEnvironmentVariable("ASSAY_TEST_KEY", "secret");
        var result = await runner.RunAsync(new ProcessRequest { Command = ["env"], Environment = ImmutableSortedDictionary<string, string>.Empty.Add("GIVEN", "yes") }, TestContext.Current.CancellationToken);
        var names = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[0]).Except(["PWD", "SHLVL", "_", "OLDPWD"]);
        Assert.Equal(["GIVEN", "HOME", "LC_ALL", "PATH", "TMPDIR"], names.Order());
    }

    [Fact]
    public async Task Run_PastTheClock_IsKilled()
    {
        var result = await ShellAsync("sleep 60", Limits with { WallTime = TimeSpan.FromSeconds(0.3) });
        Assert.Equal((ProcessOutcome.WallTimeExceeded, null), (result.Outcome, result.ExitCode));
    }

    [Fact]
    public async Task Run_PastItsProcessorTime_IsKilled() =>
        Assert.Equal(ProcessOutcome.CpuTimeExceeded, (await ShellAsync("while :; do :; done", Limits with { CpuTime = TimeSpan.FromSeconds(0.3) })).Outcome);

    [Fact]
    public async Task Run_WhoseChildrenBurnTheProcessorTime_IsKilled() =>
        Assert.Equal(ProcessOutcome.CpuTimeExceeded, (await ShellAsync("(while :; do :; done) & (while :; do :; done) & wait", Limits with { CpuTime = TimeSpan.FromSeconds(0.4) })).Outcome);

    [Fact]
    public async Task Run_PastItsMemory_IsKilled() =>
        Assert.Equal(ProcessOutcome.MemoryExceeded, (await ShellAsync("x=$(head -c 200000000 /dev/zero | tr '\\0' a); sleep 20", Limits with { MemoryBytes = 50 << 20 })).Outcome);

    [Fact]
    public async Task Run_PastItsOutput_IsKilledAndKeepsTheBeginning()
    {
        var result = await ShellAsync("yes", Limits with { OutputBytes = 1000 });
        Assert.Equal((ProcessOutcome.OutputExceeded, 1000), (result.Outcome, result.Output.Length));
    }

    [Fact]
    public async Task Run_OfManyProcesses_IsKilled() =>
        Assert.Equal(ProcessOutcome.ProcessesExceeded, (await ShellAsync("for i in 1 2 3 4 5 6 7 8; do sleep 20 & done; wait", Limits with { Processes = 4 })).Outcome);

    [Fact]
    public async Task Run_OfFileThatGrows_IsStoppedByTheKernel()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "big");
            var result = await ShellAsync($"head -c 1000000 /dev/zero > {file}", Limits with { FileBytes = 100_000 });
            Assert.NotEqual(0, result.ExitCode);
            Assert.InRange(new FileInfo(file).Length, 1, 100_000);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Run_ThatLeavesAChildBehind_LeavesNothingRunning()
    {
        var result = await ShellAsync("sleep 300 & echo $!");
        Assert.Equal(0, result.ExitCode);
        var left = int.Parse(result.Output, System.Globalization.CultureInfo.InvariantCulture);
        await EventuallyGoneAsync(left);
    }

    [Fact]
    public async Task Run_WhenCancelled_ThrowsAndKills()
    {
        var file = Path.GetTempFileName();
        using var stop = new CancellationTokenSource();
        var run = ShellAsync($"echo $$ > {file}; sleep 300", stop: stop.Token);
        while (new FileInfo(file).Length == 0) await Task.Delay(10, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await EventuallyGoneAsync(int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture));
        File.Delete(file);
    }

    [Fact]
    public async Task Run_OfUnknownProgram_IsNotStarted()
    {
        var request = new ProcessRequest { Command = ["no-such-program"] };
        Assert.False(runner.CanStart(request));
        Assert.Equal(ProcessOutcome.NotStarted, (await runner.RunAsync(request, TestContext.Current.CancellationToken)).Outcome);
        Assert.True(runner.CanStart(new ProcessRequest { Command = ["sh"] }));
    }

    // A killed process is gone once its parent, or the system for it, has taken note.
    private static async Task EventuallyGoneAsync(int id)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (!File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal)) return;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"process {id} still runs: {Process.GetProcessById(id).ProcessName}");
    }
}
