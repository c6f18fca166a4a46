namespace Assay.Calibration;

/// <summary>Everything that is measured.</summary>
public static class Cells
{
    public static IReadOnlyList<Cell> All { get; } =
    [
        .. BinaryCells.All(), .. MeanCells.All(), .. AdjustedCells.All(), .. PairedCells.All(), .. ClusterCells.All(), .. ClusterReportCells.All(), .. RepeatCells.All(), .. JudgeCells.All(), .. AgreementCells.All(),
        .. SequentialCells.All(), .. StageCells.All(), .. BayesianCells.All(), .. FamilyCells.All(), .. GateCells.All(), .. DiagnosticCells.All(), .. OffPolicyCells.All(), .. BanditCells.All(),
    ];
}
