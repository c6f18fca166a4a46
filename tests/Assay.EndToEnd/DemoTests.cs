namespace Assay.EndToEnd;

/// <summary>The README's first command, with fewer conversations.</summary>
[Trait("Kind", "end to end")]
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_FewConversations_SaysWhatIsSimulatedAndKeepsRunning()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await AssayProcess.RunAsync(["demo", "--conversations", "60"], folder.Path);
        Assert.True(code == 0, error);
        Assert.Contains("SIMULATED", output, StringComparison.Ordinal);
        Assert.Contains("KEEP RUNNING", output, StringComparison.Ordinal);
        Assert.Contains("60 of 2,942 planned conversations", output, StringComparison.Ordinal);
        Assert.Contains("./assay serve", output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.Combine("assay-demo", "definitions", "experiment.yaml")));
    }

    [Fact]
    public async Task Demo_FolderOfSomebodyElse_IsLeftAlone()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("precious/thesis.txt", "years of work");
        var (code, _, error) = await AssayProcess.RunAsync(["demo", "--data", folder.Combine("precious")], folder.Path);
        Assert.Equal(2, code);
        Assert.Contains("--data", error, StringComparison.Ordinal);
        Assert.Equal("years of work", await File.ReadAllTextAsync(file));
    }
}
