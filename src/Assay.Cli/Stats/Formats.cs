using System.CommandLine;

namespace Assay.Cli;

/// <summary>The option <c>--format</c> of commands that speak to people and to scripts.</summary>
internal static class Formats
{
    public const string Text = "text";
    public const string Json = "json";

    public static Option<string> Option()
    {
        var option = new Option<string>("--format") { DefaultValueFactory = _ => Text, Description = "text, or json: exactly one JSON document on standard output." };
        option.AcceptOnlyFromAmong(Text, Json);
        return option;
    }
}
