using System.CommandLine;
using Assay.Gateway;
using Assay.Server;

namespace Assay.Cli.Serve;

/// <summary><c>assay serve</c>: the gateway, the API and the workers in one process.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder of the stores; made when missing", DefaultValueFactory = _ => "assay-data" };
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on, separated by semicolons", DefaultValueFactory = _ => ServerAddress.Default };
        var definitions = new Option<string?>("--definitions") { Description = "Folder with definition files (*.yaml, *.yml, *.json) to register at start" };
        var quiet = new Option<bool>("--quiet") { Description = "Log warnings and errors only" };
        var command = new Command("serve", "Run the gateway, the API and the workers.\n\nExample: assay serve --definitions examples/support-prompt --data assay-data")
        {
            data, urls, definitions, quiet,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var options = new AssayServerOptions
            {
                DataFolder = Path.GetFullPath(parse.GetValue(data)!),
                Urls = parse.GetValue(urls)!,
                DefinitionsFolder = parse.GetValue(definitions) is { } folder ? Path.GetFullPath(folder) : null,
                Quiet = parse.GetValue(quiet),
            };
            SocketThreads.RunDataPlaneInline();
            var started = await AssayServer.StartAsync(options, cancellationToken);
            if (started.Server is not { } server)
            {
                foreach (var problem in started.Problems) Console.Error.WriteLine(problem);
                return started.IsUsage ? ExitCode.Usage : ExitCode.CouldNotRun;
            }
            await using (server)
            {
                foreach (var warning in started.Problems) Console.Error.WriteLine(warning);
                Console.Error.WriteLine($"assay: listening on {string.Join(", ", server.Urls)}; data in {options.DataFolder}; stop with Ctrl+C");
                await server.WaitForShutdownAsync(cancellationToken);
            }
            return ExitCode.Done;
        });
        return command;
    }
}
