using System.CommandLine;

namespace Assay.Cli.Judging;

/// <summary><c>assay judge</c>: judges as instruments.</summary>
internal static class JudgeCommand
{
    public static Command Create() => new("judge", "Judges as instruments: hold them against human labels, and see the rubrics that come along.\n\nExample: assay judge calibrate labels.csv")
    {
        CalibrateCommand.Create(),
        PresetsCommand.Create(),
    };
}
