namespace Assay.DuckDb;

/// <summary>DuckDB refused or failed to do something.</summary>
public sealed class DuckDbException : Exception
{
    public DuckDbException() : this("DuckDB failed without a message") { }

    public DuckDbException(string message) : base(message) => ErrorType = TypeNamedIn(message);

    public DuckDbException(string message, Exception innerException) : base(message, innerException) => ErrorType = TypeNamedIn(message);

    private DuckDbException(string message, DuckDbErrorType errorType, string? sqlFirstLine) : base(message)
    {
        ErrorType = errorType;
        SqlFirstLine = sqlFirstLine;
    }

    /// <summary>The kind of failure; <see cref="DuckDbErrorType.Invalid"/> when DuckDB did not say.</summary>
    public DuckDbErrorType ErrorType { get; }

    /// <summary>The first line of the statement that failed, where there was one.</summary>
    public string? SqlFirstLine { get; }

    internal static DuckDbException Of(string? message, string? sql = null, DuckDbErrorType? errorType = null)
    {
        message ??= "DuckDB failed without a message";
        var line = sql?.Trim().Split('\n', 2)[0].TrimEnd();
        var type = errorType is null or DuckDbErrorType.Invalid ? TypeNamedIn(message) : errorType.Value;
        return new DuckDbException(line is null ? message : $"{message}{Environment.NewLine}in: {line}", type, line);
    }

    // Preparing has no function for the type of its error; the message names it ("Parser Error: …").
    private static DuckDbErrorType TypeNamedIn(string message)
    {
        var end = message.IndexOf(" Error:", StringComparison.Ordinal);
        if (end is < 0 or > 40) return DuckDbErrorType.Invalid;
        var name = message[..end].Replace(" ", "", StringComparison.Ordinal);
        if (name == "TransactionContext") return DuckDbErrorType.Transaction;
        return Enum.TryParse<DuckDbErrorType>(name, ignoreCase: true, out var type) ? type : DuckDbErrorType.Invalid;
    }
}
