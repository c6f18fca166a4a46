using System.CommandLine;

namespace Assay.Cli;

/// <summary>The <c>--format</c> option that every verb with a result has.</summary>
internal static class OutputFormat
{
    public static Option<string> CreateOption()
    {
        var option = new Option<string>("--format") { Description = "text, or json: exactly one JSON document on stdout", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
