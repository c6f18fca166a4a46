using System.CommandLine;
using System.Globalization;
using System.Text;
using Assay.Cli;
using Assay.Cli.Analysis;
using Assay.Cli.Arena;
using Assay.Cli.Bandits;
using Assay.Cli.Definitions;
using Assay.Cli.Demo;
using Assay.Cli.Experiments;
using Assay.Cli.Interleaving;
using Assay.Cli.Judging;
using Assay.Cli.Serve;
using Assay.Cli.Simulation;
using Assay.Cli.Stats;
using Spectre.Console;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// Files and pipes have no width of their own; a table is not to be folded for them.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;

var root = new RootCommand("Assay decides whether a change to an LLM feature should receive production traffic, and carries the traffic while it finds out.\n\nStart with: assay demo")
{
    DemoCommand.Create(),
    InitCommand.Create(),
    ValidateCommand.Create(),
    AssignCommand.Create(),
    SchemaCommand.Create(),
    SizeCommand.Create(),
    SimulateCommand.Create(),
    ServeCommand.Create(),
    AnalyzeCommand.Create(),
    CompareCommand.Create(),
    ArenaCommand.Create(),
    InterleaveCommand.Create(),
    BanditCommand.Create(),
    JudgeCommand.Create(),
    ExperimentsCommand.Create(),
    StatsCommand.Create(),
};

return await CommandRunner.RunAsync(root, args);
