using System.Diagnostics;
using System.Globalization;
using Assay.Analysis;
using Assay.Cli.Analysis;
using Assay.Server;
using Spectre.Console;

namespace Assay.Cli.Demo;

/// <summary>Tells the story step by step: hypothesis, size, traffic, verdict, and how to go on.</summary>
internal sealed class DemoStory(string folder, int seed, int conversations)
{
    private const string Key = "support-prompt";
    private const int Parallel = 96;

    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        Banner();
        await using var upstream = await SimulatedUpstream.StartAsync(seed, cancellationToken);
        var files = DemoFiles.Create(folder, upstream.BaseUrl);

        Step(1, "The hypothesis");
        Say("Prompt A, the control:  [italic]Be helpful.[/]");
        Say("Prompt B:               [italic]Be helpful, cite the relevant return or shipping policy, and use the customer's name from the order context.[/]");
        Say("Does B resolve more conversations? The plan, fixed before the first one: find 5 points more than 60 % with power 0.8 at alpha 0.05.");
        Say($"That takes 1,471 conversations per arm. The definition: [blue]{Markup.Escape(Path.GetRelativePath(".", files.Experiment))}[/]");

        Step(2, "The server");
        var started = await AssayServer.StartAsync(new AssayServerOptions
        {
            DataFolder = files.Data,
            DefinitionsFolder = files.Definitions,
            Urls = "http://127.0.0.1:0",
            Quiet = true,
        }, cancellationToken);
        if (started.Server is not { } server)
        {
            foreach (var problem in started.Problems) AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]");
            return started.IsUsage ? ExitCode.Usage : ExitCode.CouldNotRun;
        }
        await using var running = server;
        var address = new Uri(server.Urls[0]);
        using var client = new ServerClient(address);
        var start = await client.SendAsync(HttpMethod.Post, $"api/v1/experiments/{Key}/start", "{}", cancellationToken);
        if (start.Error is { } error)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{error}[/]");
            return start.Code;
        }
        Say($"Gateway, API and workers listen on [blue]{address}[/]; the simulated model on [blue]{upstream.BaseUrl}[/]. Experiment [bold]{Key}[/] runs.");

        Step(3, "The traffic");
        var watch = Stopwatch.StartNew();
        await RunTrafficAsync(address, cancellationToken);
        Say($"{conversations.ToString("N0", CultureInfo.InvariantCulture)} simulated conversations of 1 to 3 turns went through the gateway in {watch.Elapsed.TotalSeconds:0} s, each pinned to its prompt, every exposure on disk before its answer.");

        await AnsiConsole.Status().StartAsync("waiting 11 s until the last conversations are closed: silence is an answer only then",
            _ => Task.Delay(TimeSpan.FromSeconds(11), cancellationToken));

        Step(4, "The verdict");
        var answer = await client.SendAsync(HttpMethod.Get, $"api/v1/experiments/{Key}/report", null, cancellationToken);
        if (answer.Error is { } failure)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{failure}[/]");
            return answer.Code;
        }
        ReportScreen.Print(ReportJson.Read(answer.Json));
        GoOn(files);
        return ExitCode.Done;
    }

    private async Task RunTrafficAsync(Uri address, CancellationToken cancellationToken)
    {
        using var traffic = new DemoTraffic(address, seed);
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("simulated conversations", maxValue: conversations);
                await traffic.RunAsync(conversations, Parallel, () => bar.Increment(1), cancellationToken);
            });
    }

    private static void Banner()
    {
        AnsiConsole.Write(new Rule("[bold]Assay demo: from hypothesis to verdict[/]").LeftJustified());
        AnsiConsole.MarkupLine("[yellow]SIMULATED:[/] the model and the customers. [green]REAL:[/] the gateway, HTTP, the stores, the statistics.");
    }

    private static void Step(int number, string title)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{number}. {title}[/] [yellow](simulated model)[/]").LeftJustified().RuleStyle("grey"));
    }

    private static void Say(string markup) => AnsiConsole.MarkupLine(markup);

    private static void GoOn(DemoFiles files)
    {
        var data = Path.GetRelativePath(".", files.Data);
        var definitions = Path.GetRelativePath(".", files.Definitions);
        Step(5, "Go on");
        (string Command, string Does)[] next =
        [
            ($"./assay serve --data {data} --definitions {definitions}", "the same stores, still there"),
            ($"./assay experiments report {Key}", "the verdict again, from another terminal"),
            ($"./assay experiments conclude {Key} --outcome ship", "decide what is served from now on"),
            ("./assay demo --seed 8", "other customers, perhaps another verdict"),
            ("./assay init my-experiment", "a commented definition of your own"),
        ];
        foreach (var (command, does) in next)
        {
            AnsiConsole.MarkupLineInterpolated($"  [grey]# {does}[/]");
            AnsiConsole.MarkupLineInterpolated($"  [blue]{command}[/]");
        }
    }
}
