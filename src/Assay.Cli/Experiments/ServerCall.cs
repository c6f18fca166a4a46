namespace Assay.Cli.Experiments;

/// <summary>One call to the server, its refusal on stderr with the exit code that it means.</summary>
internal static class ServerCall
{
    public static async Task<int> RunAsync(string? server, HttpMethod method, string path, string? json, Action<string> print, CancellationToken cancellationToken)
    {
        using var client = new ServerClient(ServerAddress.Resolve(server));
        var answer = await client.SendAsync(method, path, json, cancellationToken);
        if (answer.Error is { } error)
        {
            Console.Error.WriteLine("assay: " + error);
            return answer.Code;
        }
        print(answer.Json);
        return ExitCode.Done;
    }
}
