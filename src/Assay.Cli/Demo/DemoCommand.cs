using System.CommandLine;

namespace Assay.Cli.Demo;

/// <summary><c>assay demo</c>: from hypothesis to verdict in a minute, on a simulated model.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder for the demo's definitions and stores; an earlier demo's is replaced", DefaultValueFactory = _ => "assay-demo" };
        var seed = new Option<int>("--seed") { Description = "Another seed, other customers: of five runs about one ends without a verdict to ship, as power 0.8 says", DefaultValueFactory = _ => 7 };
        var conversations = new Option<int>("--conversations") { Description = "How many conversations to hold", DefaultValueFactory = _ => 3000 };
        conversations.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 10 or > 100_000) result.AddError("--conversations takes 10 to 100000");
        });
        var command = new Command("demo", "The support-bot story through the real gateway and stores, on a simulated model that says that it is simulated.\n\nExample: assay demo")
        {
            data, seed, conversations,
        };
        command.SetAction((parse, cancellationToken) =>
            new DemoStory(parse.GetValue(data)!, parse.GetValue(seed), parse.GetValue(conversations)).TellAsync(cancellationToken));
        return command;
    }
}
