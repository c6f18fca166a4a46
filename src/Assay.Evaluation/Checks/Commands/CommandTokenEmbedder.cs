using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>Token vectors from a command: {"texts": […]} in, {"vectors": [[[…], …], …]} out, per text a vector per token.</summary>
internal sealed class CommandTokenEmbedder(IProcessRunner runner, ProcessRequest command) : ITokenEmbedder
{
    public async Task<(ImmutableArray<ImmutableArray<float[]>>? Vectors, string? Detail)> EmbedTokensAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        var input = JsonSerializer.Serialize(new Dictionary<string, IReadOnlyList<string>> { ["texts"] = texts });
        var result = await runner.RunAsync(command with { Input = input }, cancellationToken);
        if (result is not { Outcome: ProcessOutcome.Exited, ExitCode: 0 }) return (null, $"{result.Describe(command.Limits)}: {Shown.Last(result.Error)}");
        if (!JsonText.TryParse(result.Output, out var reply, out var problem)) return (null, "its output is not JSON: " + problem);
        try
        {
            return ([.. reply.GetProperty("vectors").EnumerateArray().Select(text => text.EnumerateArray().Select(token => token.EnumerateArray().Select(n => n.GetSingle()).ToArray()).ToImmutableArray())], null);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return (null, "its output is not {\"vectors\": [[[numbers], …], …]}");
        }
    }
}
