using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Assay.EndToEnd;

/// <summary>The real program as a user runs it: a process of its own, its output collected.</summary>
internal sealed class AssayProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _output = new();

    private AssayProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => { lock (_output) _output.AppendLine(line.Data); };
        process.ErrorDataReceived += (_, line) => { lock (_error) _error.AppendLine(line.Data); };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    public string Output { get { lock (_output) return _output.ToString(); } }
    public string Error { get { lock (_error) return _error.ToString(); } }
    public bool HasExited => _process.HasExited;

    public static AssayProcess Start(string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null) =>
        StartAssembly(Path.Combine(AppContext.BaseDirectory, "assay.dll"), arguments, folder, environment);

    public static AssayProcess StartAssembly(string assembly, string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder ?? Path.GetTempPath() };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("ASSAY_URL");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new AssayProcess(new Process { StartInfo = start });
    }

    /// <summary>Runs to the end; a minute is the most that any command of these tests may take.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null, int seconds = 60)
    {
        using var process = Start(arguments, folder, environment);
        var code = await process.WaitAsync(seconds);
        return (code, process.Output, process.Error);
    }

    public async Task<int> WaitAsync(int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"still running after {seconds} s; stderr:\n{Error}");
        }
        return _process.ExitCode;
    }

    /// <summary>Waits until the address answers 200, or the process ends.</summary>
    public async Task WaitUntilServingAsync(Uri url, int seconds = 30)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            if (HasExited) throw new InvalidOperationException($"exited with {_process.ExitCode}:\n{Error}");
            try
            {
                using var response = await http.GetAsync(url);
                if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound) return;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }
            await Task.Delay(20);
        }
        throw new TimeoutException($"not serving after {seconds} s:\n{Error}");
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is closed.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await WaitAsync();
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
