namespace Assay.Evaluation;

/// <summary>What reading a suite may use of the world.</summary>
public sealed record SuiteServices
{
    /// <summary>Reads formats that need a library of their own (Parquet); null: they are refused.</summary>
    public ICaseTables? Tables { get; init; }

    /// <summary>For making checks, so that what is wrong with them is said before a run.</summary>
    public CheckServices Checks { get; init; } = new();
}
