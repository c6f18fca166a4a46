using System.CommandLine;
using Assay.Analysis;
using Assay.Cli.Analysis;

namespace Assay.Cli.Experiments;

/// <summary><c>assay experiments report</c>: the report and verdict of a running server.</summary>
internal static class ReportExperimentCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "The experiment" };
        var server = ServerAddress.CreateOption();
        var format = OutputFormat.CreateOption();
        var command = new Command("report", "The verdict in words, then the details.\n\nExample: assay experiments report support-prompt") { key, server, format };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var decision = Decision.KeepRunning;
            var code = await ServerCall.RunAsync(parse.GetValue(server), HttpMethod.Get, $"api/v1/experiments/{Uri.EscapeDataString(parse.GetValue(key)!)}/report", null, answer =>
            {
                var report = ReportJson.Read(answer);
                decision = report.Verdict.Decision;
                if (parse.GetValue(format) == "json") Console.Out.WriteLine(answer);
                else ReportScreen.Print(report);
            }, cancellationToken);
            return code == ExitCode.Done && decision == Decision.Invalid ? ExitCode.Invalid : code;
        });
        return command;
    }
}
