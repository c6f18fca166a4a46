using System.Globalization;
using Assay.DuckDb;

namespace Assay.Storage;

/// <summary>The values of one statement: each <c>Add</c> returns the placeholder to write into the SQL, so that no value is ever part of it.</summary>
internal sealed class SqlParameters
{
    private readonly List<Action<DuckDbStatement, int>> _binders = [];

    public string Add(string value) => Add((s, i) => s.Bind(i, value));
    public string Add(double value) => Add((s, i) => s.Bind(i, value));
    public string Add(long value) => Add((s, i) => s.Bind(i, value));
    public string Add(bool value) => Add((s, i) => s.Bind(i, value));
    public string Add(UInt128 value) => Add((s, i) => s.Bind(i, value));

    /// <summary>A TIMESTAMP without zone, as the tables hold.</summary>
    public string AddMicros(long micros) => Add((s, i) => s.BindTimestamp(i, micros));

    public void Execute(DuckDbConnection connection, string sql, CancellationToken cancellationToken) => Query(connection, sql, cancellationToken).Dispose();

    public DuckDbResult Query(DuckDbConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var statement = connection.Prepare(sql);
        for (var i = 0; i < _binders.Count; i++) _binders[i](statement, i + 1);
        return statement.Execute(cancellationToken);
    }

    private string Add(Action<DuckDbStatement, int> binder)
    {
        _binders.Add(binder);
        return "$" + _binders.Count.ToString(CultureInfo.InvariantCulture);
    }
}
