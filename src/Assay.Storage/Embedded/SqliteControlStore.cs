using System.Globalization;
using System.Text.Json;
using Assay.Events;
using Assay.Experiments;
using Microsoft.Data.Sqlite;

namespace Assay.Storage;

/// <summary>Experiments and their history in one SQLite file: WAL, synchronous=FULL, so that what was answered is on disk.</summary>
/// <remarks>Connections are opened per call and pooled; SQLite itself keeps writers apart.</remarks>
public sealed class SqliteControlStore : IControlStore, IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS experiments (
            key TEXT NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL, definition TEXT NOT NULL, definition_hash TEXT NOT NULL,
            created_at TEXT NOT NULL, started_at TEXT, ended_at TEXT, conclusion TEXT,
            PRIMARY KEY (key, version)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS audit (
            id INTEGER PRIMARY KEY, timestamp TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            experiment TEXT NOT NULL, version INTEGER NOT NULL, reason TEXT);
        CREATE TABLE IF NOT EXISTS routing (id INTEGER PRIMARY KEY CHECK (id = 1), document TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS final_reports (key TEXT NOT NULL, version INTEGER NOT NULL, report TEXT NOT NULL, PRIMARY KEY (key, version)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS looks (key TEXT NOT NULL, version INTEGER NOT NULL, look INTEGER NOT NULL, report TEXT NOT NULL, PRIMARY KEY (key, version, look)) WITHOUT ROWID;
        """;

    private readonly string _connectionString;

    private SqliteControlStore(string connectionString) => _connectionString = connectionString;

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="IOException">It cannot be opened, or is no such file.</exception>
    public static async Task<SqliteControlStore> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SQLitePCL.Batteries_V2.Init();
        var store = new SqliteControlStore(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10 }.ToString());
        try
        {
            await using var connection = await store.ConnectAsync(cancellationToken);
            await ExecuteAsync(connection, "PRAGMA journal_mode=WAL;" + Schema, cancellationToken);
            return store;
        }
        catch (SqliteException error)
        {
            throw new IOException($"the control store {path} cannot be opened: {error.Message}", error);
        }
    }

    public async Task<IReadOnlyList<ExperimentState>> ListAsync(bool allVersions = false, CancellationToken cancellationToken = default) =>
        await ReadStatesAsync(allVersions
            ? "SELECT * FROM experiments ORDER BY key, version"
            : "SELECT * FROM experiments e WHERE version = (SELECT max(version) FROM experiments WHERE key = e.key) ORDER BY key", null, cancellationToken);

    public async Task<ExperimentState?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        (await ReadStatesAsync("SELECT * FROM experiments WHERE key = $key ORDER BY version DESC LIMIT 1", key, cancellationToken)).FirstOrDefault();

    public async Task SaveAsync(ExperimentState state, AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(entry);
        await using var connection = await ConnectAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        await RefuseChangeOfStartedAsync(connection, transaction, state, cancellationToken);
        await ExecuteAsync(connection, transaction, """
            INSERT INTO experiments (key, version, status, definition, definition_hash, created_at, started_at, ended_at, conclusion)
            VALUES ($key, $version, $status, $definition, $hash, $created, $started, $ended, $conclusion)
            ON CONFLICT (key, version) DO UPDATE SET status = excluded.status, definition = excluded.definition, definition_hash = excluded.definition_hash,
                created_at = excluded.created_at, started_at = excluded.started_at, ended_at = excluded.ended_at, conclusion = excluded.conclusion
            """, cancellationToken,
            ("$key", state.Experiment.Key), ("$version", state.Version), ("$status", state.Status.ToString()),
            ("$definition", DefinitionWriter.ToJson(state.Experiment)), ("$hash", state.Experiment.DefinitionHash),
            ("$created", Text(state.CreatedAt)), ("$started", Text(state.StartedAt)), ("$ended", Text(state.EndedAt)),
            ("$conclusion", state.Conclusion is null ? null : JsonSerializer.Serialize(state.Conclusion, ControlJson.Default.Conclusion)));
        await ExecuteAsync(connection, transaction,
            "INSERT INTO audit (timestamp, actor, action, experiment, version, reason) VALUES ($timestamp, $actor, $action, $experiment, $version, $reason)", cancellationToken,
            ("$timestamp", Text(entry.Timestamp)), ("$actor", entry.Actor), ("$action", entry.Action),
            ("$experiment", entry.Experiment), ("$version", entry.Version), ("$reason", entry.Reason));
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task SaveRoutingAsync(string json, CancellationToken cancellationToken = default)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await ExecuteAsync(connection, null, "INSERT INTO routing (id, document) VALUES (1, $json) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
            cancellationToken, ("$json", json));
    }

    public async Task<string?> ReadRoutingAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT document FROM routing";
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    public async Task SaveFinalReportAsync(string key, int version, string json, CancellationToken cancellationToken = default)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await ExecuteAsync(connection, null, "INSERT INTO final_reports (key, version, report) VALUES ($key, $version, $json) ON CONFLICT DO NOTHING",
            cancellationToken, ("$key", key), ("$version", version), ("$json", json));
    }

    public async Task<string?> ReadFinalReportAsync(string key, int version, CancellationToken cancellationToken = default)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT report FROM final_reports WHERE key = $key AND version = $version";
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$version", version);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    public async Task SaveLookAsync(string key, int version, int look, string json, CancellationToken cancellationToken = default)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        // Also not behind a later one: two readers that raced must not leave a history that nobody took.
        await ExecuteAsync(connection, null, """
            INSERT INTO looks (key, version, look, report) SELECT $key, $version, $look, $json
            WHERE NOT EXISTS (SELECT 1 FROM looks WHERE key = $key AND version = $version AND look >= $look)
            """, cancellationToken, ("$key", key), ("$version", version), ("$look", look), ("$json", json));
    }

    public async Task<IReadOnlyList<string>> ReadLooksAsync(string key, int version, CancellationToken cancellationToken = default)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT report FROM looks WHERE key = $key AND version = $version ORDER BY look";
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$version", version);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var reports = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) reports.Add(reader.GetString(0));
        return reports;
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string? experiment = null, CancellationToken cancellationToken = default)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT timestamp, actor, action, experiment, version, reason FROM audit WHERE $experiment IS NULL OR experiment = $experiment ORDER BY id DESC";
        command.Parameters.AddWithValue("$experiment", (object?)experiment ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<AuditEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(new AuditEntry(Time(reader.GetString(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.IsDBNull(5) ? null : reader.GetString(5)));
        return entries;
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static async Task RefuseChangeOfStartedAsync(SqliteConnection connection, SqliteTransaction transaction, ExperimentState state, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT definition_hash FROM experiments WHERE key = $key AND version = $version AND started_at IS NOT NULL";
        command.Parameters.AddWithValue("$key", state.Experiment.Key);
        command.Parameters.AddWithValue("$version", state.Version);
        if (await command.ExecuteScalarAsync(cancellationToken) is string hash && hash != state.Experiment.DefinitionHash)
            throw new InvalidOperationException($"Version {state.Version} of '{state.Experiment.Key}' has started; its definition may not change.");
    }

    private async Task<List<ExperimentState>> ReadStatesAsync(string sql, string? key, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (key is not null) command.Parameters.AddWithValue("$key", key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var states = new List<ExperimentState>();
        while (await reader.ReadAsync(cancellationToken)) states.Add(ReadState(reader));
        return states;
    }

    private static ExperimentState ReadState(SqliteDataReader reader)
    {
        string? Nullable(string name) => reader[name] as string;
        var key = reader.GetString(reader.GetOrdinal("key"));
        var read = DefinitionReader.ReadText(reader.GetString(reader.GetOrdinal("definition")));
        if (read.Definitions is not { Experiments: [var experiment] } || experiment.DefinitionHash != Nullable("definition_hash"))
            throw new InvalidDataException($"the stored definition of '{key}' cannot be read back: {string.Join("; ", read.Errors)}");
        return new ExperimentState
        {
            Experiment = experiment,
            Version = reader.GetInt32(reader.GetOrdinal("version")),
            Status = Enum.Parse<ExperimentStatus>(reader.GetString(reader.GetOrdinal("status"))),
            CreatedAt = Time(reader.GetString(reader.GetOrdinal("created_at"))),
            StartedAt = Nullable("started_at") is { } started ? Time(started) : null,
            EndedAt = Nullable("ended_at") is { } ended ? Time(ended) : null,
            Conclusion = Nullable("conclusion") is { } conclusion ? JsonSerializer.Deserialize(conclusion, ControlJson.Default.Conclusion) : null,
        };
    }

    private async Task<SqliteConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000;", cancellationToken);
        return connection;
    }

    private static Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken) => ExecuteAsync(connection, null, sql, cancellationToken);

    private static async Task ExecuteAsync(SqliteConnection connection, SqliteTransaction? transaction, string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? Text(DateTimeOffset? time) => time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
