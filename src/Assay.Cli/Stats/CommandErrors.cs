using System.CommandLine;

namespace Assay.Cli;

/// <summary>Turns what goes wrong in a command into a line on standard error and an exit code.</summary>
internal static class CommandErrors
{
    public static int Guard(ParseResult result, Action action)
    {
        var error = result.InvocationConfiguration.Error;
        try
        {
            action();
            return ExitCode.Done;
        }
        catch (UsageException wrong)
        {
            error.WriteLine("error: " + wrong.Message);
            return ExitCode.Usage;
        }
        catch (Exception io) when (io is IOException or UnauthorizedAccessException)
        {
            error.WriteLine("error: " + io.Message);
            return ExitCode.CouldNotRun;
        }
    }
}
