using System.Globalization;

namespace Assay.Analysis;

/// <summary>What to do next, as a command where there is one.</summary>
internal static class NextSteps
{
    public static string Of(VerdictOutcome outcome, Report report)
    {
        var key = report.Experiment;
        if (report.DefinitionHash is null) return WithoutDefinition(outcome, report);
        return outcome.Decision switch
        {
            Decision.Invalid => $"find the cause before you read any number: assay experiments show {key}",
            Decision.RolledBack => $"assay experiments show {key}",
            Decision.DoNotShip or Decision.NoDifference => $"assay experiments conclude {key} --outcome keep-control --reason \"{DecisionNames.Of(outcome.Decision)}\"",
            Decision.Ship => $"assay experiments conclude {key} --outcome ship --variant {outcome.Variant}",
            Decision.Hold => $"settle what is open, then: assay experiments report {key}",
            Decision.Inconclusive => $"plan a longer run or a bolder change: {SizeCommand(outcome, report)}",
            _ => $"assay experiments report {key}",
        };
    }

    private static string WithoutDefinition(VerdictOutcome outcome, Report report) => outcome.Decision switch
    {
        Decision.Invalid => "find the cause in the assignment or the recording, then analyse again (other traffic shares than equal ones: --weights)",
        Decision.Ship => $"give '{outcome.Variant}' the traffic; assay validate --help shows how to declare the next experiment before it starts",
        Decision.DoNotShip or Decision.NoDifference or Decision.RolledBack => "keep the control",
        Decision.Hold => "settle what is open",
        _ => $"plan the next run: {SizeCommand(outcome, report)}",
    };

    private static string SizeCommand(VerdictOutcome outcome, Report report)
    {
        var row = VerdictWriter.RowOf(outcome, report);
        var effect = row.MinimumEffect ?? (row.Difference is { } d && d != 0 ? Math.Abs(d) : null);
        return (row.Type, row.Control.Value, effect) switch
        {
            ("proportion", { } baseline, { } delta) => string.Create(CultureInfo.InvariantCulture, $"assay size proportion --baseline {baseline:0.####} --effect {delta:0.######}"),
            ("mean" or "count", _, { } delta) => string.Create(CultureInfo.InvariantCulture, $"assay size mean --sd {Math.Sqrt(Variance(row)):0.####} --effect {delta:0.######}"),
            _ => "assay size --help",
        };
    }

    private static double Variance(MetricRow row) => row.MethodArguments["controlVariance"]?.GetValue<double>() ?? 0;
}
