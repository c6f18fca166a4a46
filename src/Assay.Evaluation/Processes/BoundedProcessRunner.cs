using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Assay.Evaluation.Processes;

namespace Assay.Evaluation;

/// <summary>Runs commands within limits: bounded, not walled in. The child may read files and reach the network as this user may; code from a model that is not trusted belongs into a container besides.</summary>
/// <param name="time">The clock.</param>
/// <param name="parallel">How many commands run at once; those waiting do not use up their time.</param>
public sealed class BoundedProcessRunner(TimeProvider time, int parallel) : IProcessRunner, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private const int SignalCpu = 128 + 24, SignalKill = 128 + 9;
    private readonly SemaphoreSlim places = new(parallel, parallel);

    public bool CanStart(ProcessRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return !request.Command.IsDefaultOrEmpty && Executable.Find(request.Command[0], Folder(request)) is not null;
    }

    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Command.IsDefaultOrEmpty) throw new ArgumentException("there is no command", nameof(request));
        await places.WaitAsync(cancellationToken);
        try
        {
            if (!CanStart(request)) return NotStarted($"there is no program '{request.Command[0]}'");
            if (!Directory.Exists(Folder(request))) return NotStarted($"there is no folder '{Folder(request)}'");
            using var child = new Process { StartInfo = StartInfo(request) };
            try
            {
                child.Start();
            }
            catch (Win32Exception e)
            {
                return NotStarted(e.Message);
            }
            return await WatchAsync(child, request, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<ProcessResult> WatchAsync(Process child, ProcessRequest request, CancellationToken cancellationToken)
    {
        var output = new BoundedText(request.Limits.OutputBytes);
        var error = new BoundedText(request.Limits.OutputBytes);
        var streams = Task.WhenAll(output.ReadAsync(child.StandardOutput.BaseStream), error.ReadAsync(child.StandardError.BaseStream), WriteAsync(child, request.Input));
        try
        {
            var over = await LimitAsync(child, request.Limits, () => output.IsFull || error.IsFull, cancellationToken);
            ProcessGroup.Kill(child);
            await child.WaitForExitAsync(CancellationToken.None);
            // A grandchild that left the group may hold the pipes open for ever.
            await Task.WhenAny(streams, Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None));
            if (over is null && (output.IsFull || error.IsFull)) over = ProcessOutcome.OutputExceeded;
            if (over is null && child.ExitCode == SignalCpu) over = ProcessOutcome.CpuTimeExceeded;
            return new ProcessResult(over ?? ProcessOutcome.Exited, over is null ? child.ExitCode : null, output.Text, error.Text);
        }
        finally
        {
            ProcessGroup.Kill(child);
        }
    }

    /// <summary>Waits for the end; the limit that was exceeded before it, or null.</summary>
    private async Task<ProcessOutcome?> LimitAsync(Process child, ProcessLimits limits, Func<bool> isFull, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var exit = child.WaitForExitAsync(cancellationToken);
        var cpu = TimeSpan.Zero;
        while (!exit.IsCompleted)
        {
            // A short command is not kept waiting for the next look.
            await Task.WhenAny(exit, Task.Delay(Look, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (exit.IsCompleted) break;
            if (isFull()) return ProcessOutcome.OutputExceeded;
            if (time.GetElapsedTime(start) > limits.WallTime) return ProcessOutcome.WallTimeExceeded;
            var usage = ProcessUsage.Of(child);
            cpu = usage.Cpu > cpu ? usage.Cpu : cpu;
            if (usage.Cpu > limits.CpuTime) return ProcessOutcome.CpuTimeExceeded;
            if (usage.Memory > limits.MemoryBytes) return ProcessOutcome.MemoryExceeded;
            if (usage.Processes > limits.Processes) return ProcessOutcome.ProcessesExceeded;
        }
        await exit;
        // The kernel's own limit on processor time ends it by a kill, between two looks.
        return child.ExitCode == SignalKill && cpu + 2 * Look > limits.CpuTime ? ProcessOutcome.CpuTimeExceeded : null;
    }

    private static ProcessStartInfo StartInfo(ProcessRequest request)
    {
        var folder = Folder(request);
        var program = Executable.Find(request.Command[0], folder)!;
        var info = new ProcessStartInfo
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        if (OperatingSystem.IsWindows()) info.FileName = program;
        else
        {
            // The shell sets the kernel's limits on itself and then becomes the command, in a session of its own where setsid is there.
            info.FileName = "/bin/sh";
            var seconds = Math.Max(1, (long)Math.Ceiling(request.Limits.CpuTime.TotalSeconds));
            var blocks = Math.Max(1, request.Limits.FileBytes / 512);
            info.ArgumentList.Add("-c");
            info.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"ulimit -c 0; ulimit -t {seconds}; ulimit -f {blocks}; if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec \"$@\"; fi"));
            info.ArgumentList.Add("assay-check");
            info.ArgumentList.Add(program);
        }
        foreach (var argument in request.Command.Skip(1)) info.ArgumentList.Add(argument);
        info.Environment.Clear();
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("PATH", Executable.SearchPath), ("HOME", folder), ("TMPDIR", folder), ("LC_ALL", "C.UTF-8")]) info.Environment[name] = value;
        foreach (var (name, value) in request.Environment) info.Environment[name] = value;
        return info;
    }

    private static async Task WriteAsync(Process child, string input)
    {
        try
        {
            await child.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input));
            child.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it, which it may.
        }
    }

    private static string Folder(ProcessRequest request) => Path.GetFullPath(request.WorkingDirectory ?? ".");

    private static ProcessResult NotStarted(string why) => new(ProcessOutcome.NotStarted, null, "", why);
}
