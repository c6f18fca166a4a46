using System.Text.Json;
using Assay.Analysis;

namespace Assay.Cli.Analysis;

/// <summary>The running server's report.</summary>
internal static class ServerAnalysis
{
    /// <returns>The report; or null and the exit code, after the reason is on stderr.</returns>
    public static async Task<(Report? Report, int Code)> RunAsync(AnalysisRequest request, string? server, CancellationToken cancellationToken)
    {
        if (request.Definition is null) throw new UsageException("say what to analyse: a definition file, or --data with --variant, --control and --metric");
        if (request.HasColumnOptions || request.IsFinal) throw new UsageException("--final and the options about columns need --data", "without it the report comes from the running server");
        if (KeyOf(request.Definition) is not { } key) return (null, ExitCode.Usage);
        using var client = new ServerClient(ServerAddress.Resolve(server));
        var answer = await client.SendAsync(HttpMethod.Get, $"api/v1/experiments/{Uri.EscapeDataString(key)}/report", null, cancellationToken);
        if (answer.Error is { } error)
        {
            Console.Error.WriteLine("assay: " + error);
            return (null, answer.Code);
        }
        try
        {
            return (ReportJson.Read(answer.Json), ExitCode.Done);
        }
        catch (JsonException wrong)
        {
            Console.Error.WriteLine("assay: what the server answered is no report: " + wrong.Message);
            return (null, ExitCode.CouldNotRun);
        }
    }

    private static string? KeyOf(string definition)
    {
        if (!File.Exists(definition) && definition.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')) return definition;
        return DeclaredExperiment.Read(definition) is { } definitions ? DeclaredExperiment.Single(definitions, definition).Key : null;
    }
}
