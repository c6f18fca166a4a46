using Assay.Analysis;

namespace Assay.Cli.Analysis;

/// <summary>A report for a person.</summary>
internal static class ReportScreen
{
    public static void Print(Report report) => Console.Out.Write(ReportText.Write(report));
}
