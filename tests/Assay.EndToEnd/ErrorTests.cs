namespace Assay.EndToEnd;

/// <summary>What a user does wrong is answered with words and the exit code of the contract.</summary>
[Trait("Kind", "end to end")]
public sealed class ErrorTests
{
    [Fact]
    public async Task Assay_UnknownVerb_IsUsage()
    {
        var (code, output, error) = await AssayProcess.RunAsync(["analyse"]);
        Assert.Equal(2, code);
        Assert.Empty(output.Trim());
        Assert.Contains("analyse", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiments_NoServer_CouldNotRunAndSaysHowToStartOne()
    {
        var (code, _, error) = await AssayProcess.RunAsync(["experiments", "list", "--server", $"http://127.0.0.1:{AssayProcess.FreePort()}"]);
        Assert.Equal(5, code);
        Assert.Contains("assay serve", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_MalformedDefinition_IsUsageWithFileAndLine()
    {
        using var folder = new TemporaryFolder();
        folder.File("definitions/bad.yaml", "key: a\nvariants:\n  - { key: control, weight: 0.5 }\n  - { key: treatment, weigth: 0.5 }\n");
        var (code, _, error) = await AssayProcess.RunAsync(["serve", "--data", folder.Combine("data"), "--definitions", folder.Combine("definitions"), "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(2, code);
        Assert.Contains("bad.yaml:4", error, StringComparison.Ordinal);
        Assert.Contains("weight", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("control.db")]
    [InlineData("events.duckdb")]
    public async Task Serve_StoreIsSomethingElse_CouldNotRunAndNamesTheFile(string name)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File($"data/{name}", "this is no database");
        var (code, _, error) = await AssayProcess.RunAsync(["serve", "--data", folder.Combine("data"), "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(5, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Equal("this is no database", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Serve_PortTaken_CouldNotRun()
    {
        using var folder = new TemporaryFolder();
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var (code, _, error) = await AssayProcess.RunAsync(["serve", "--data", folder.Combine("data"), "--urls", $"http://127.0.0.1:{port}"]);
        Assert.Equal(5, code);
        Assert.Contains($"{port}", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Serve_DataFolderInUse_CouldNotRunAndNamesTheFolder()
    {
        using var folder = new TemporaryFolder();
        var url = $"http://127.0.0.1:{AssayProcess.FreePort()}/";
        using var first = AssayProcess.Start(["serve", "--data", folder.Combine("data"), "--urls", url, "--quiet"]);
        await first.WaitUntilServingAsync(new Uri(url + "healthz"));
        var (code, _, error) = await AssayProcess.RunAsync(["serve", "--data", folder.Combine("data"), "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(5, code);
        Assert.Contains(folder.Combine("data"), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnsetKey_NamesTheVariable()
    {
        using var folder = new TemporaryFolder();
        folder.File("definitions/e.yaml", """
            key: keyed
            unit: conversation
            route: bot
            variants:
              - { key: control, weight: 0.5, upstream: paid, model: m }
              - { key: treatment, weight: 0.5, upstream: paid, model: n }
            metrics: { primary: resolution_rate }
            plan: { minimumEffect: 0.05, baseline: 0.6 }
            ---
            upstreams: { paid: { baseUrl: "http://127.0.0.1:9/v1", keyEnv: ASSAY_TEST_KEY_THAT_IS_NOT_SET } }
            routes: { bot: { upstream: paid, model: m } }
            """);
        var url = $"http://127.0.0.1:{AssayProcess.FreePort()}/";
        using var server = AssayProcess.Start(["serve", "--data", folder.Combine("data"), "--definitions", folder.Combine("definitions"), "--urls", url, "--quiet"]);
        await server.WaitUntilServingAsync(new Uri(url + "healthz"));
        var (code, _, error) = await AssayProcess.RunAsync(["experiments", "start", "keyed", "--server", url]);
        Assert.Equal(2, code);
        Assert.Contains("ASSAY_TEST_KEY_THAT_IS_NOT_SET", error, StringComparison.Ordinal);
    }
}
