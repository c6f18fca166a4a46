namespace Assay.Calibration;

/// <summary>Everything that is measured.</summary>
public static class Cells
{
    public static IReadOnlyList<Cell> All { get; } = [.. BinaryCells.All(), .. MeanCells.All(), .. ClusterCells.All(), .. SequentialCells.All()];
}
