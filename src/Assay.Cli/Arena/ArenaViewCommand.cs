using System.CommandLine;
using System.Net;
using Assay.Evaluation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Cli.Arena;

/// <summary><c>assay arena view</c>: past runs in the browser, on this machine only.</summary>
internal static class ArenaViewCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that runs were written to", DefaultValueFactory = _ => ArenaCommand.DefaultFolder };
        var port = new Option<int>("--port") { Description = "0: any that is free", DefaultValueFactory = _ => 7071 };
        var command = new Command("view", "Serve past runs on this machine (127.0.0.1), newest first.\n\nExample: assay arena view") { folder, port };
        command.SetAction((parse, cancellationToken) => ServeAsync(new ArenaFolder(parse.GetValue(folder)!), parse.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(ArenaFolder folder, int port, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.Runs)) throw new UsageException($"there are no runs in {folder.Root}", "make one with: assay arena run SUITE");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(context => AnswerAsync(context, folder));
        await app.StartAsync(cancellationToken);
        Console.Out.WriteLine($"runs in {folder.Root}: {app.Urls.First()} (Ctrl-C ends)");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ending it is how it ends.
        }
        return ExitCode.Done;
    }

    private static async Task AnswerAsync(HttpContext context, ArenaFolder folder)
    {
        // A page elsewhere could point its own name at this machine and read the answers.
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        var name = context.Request.Path.Value!.Trim('/');
        if (name.Length == 0)
        {
            await context.Response.WriteAsync(Index(folder), context.RequestAborted);
            return;
        }
        // Only names that are there: nothing of the path reaches the file system.
        var run = Directory.EnumerateDirectories(folder.Runs).FirstOrDefault(d => Path.GetFileName(d) == name);
        if (run is not null && File.Exists(Path.Combine(run, "report.html"))) await context.Response.SendFileAsync(Path.Combine(run, "report.html"), context.RequestAborted);
        else context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static string Index(ArenaFolder folder)
    {
        var rows = Directory.EnumerateDirectories(folder.Runs).OrderDescending(StringComparer.Ordinal).Select(d => (Name: Path.GetFileName(d), File: Path.Combine(d, "report.json"))).Where(r => File.Exists(r.File)).Select(r =>
        {
            var report = ArenaJson.Read(File.ReadAllText(r.File));
            var outcome = report.Outcome?.ToString().ToLowerInvariant() ?? "no gate";
            return $"<tr><td><a href=\"/{WebUtility.HtmlEncode(r.Name)}\">{WebUtility.HtmlEncode(r.Name)}</a></td><td>{WebUtility.HtmlEncode(report.Suite)}</td><td class=\"{outcome}\">{outcome}</td><td>{report.Cases} × {report.Variants.Length} × {report.Repeats}</td><td>{WebUtility.HtmlEncode(report.SuiteHash[..12])}</td></tr>";
        });
        return $$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Arena runs</title><style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:6px 12px;border-bottom:1px solid #8884}.pass{color:#1a9f55}.fail,.invalid{color:#d8453a}.inconclusive{color:#b07c10}</style>
            <h1>Arena runs</h1><table><tr><th>run</th><th>suite</th><th>outcome</th><th>cases × variants × repeats</th><th>suite hash</th></tr>{{string.Join('\n', rows)}}</table></html>
            """;
    }
}
