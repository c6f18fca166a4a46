using Assay.Events;
using System.Buffers;
using Microsoft.Data.Sqlite;

namespace Assay.Bench.Events;

/// <summary>The peer: the same group commit into a SQLite table, WAL with synchronous=FULL, prepared statement, one transaction per group.</summary>
internal sealed class SqliteSpool : IEventSink, IAsyncDisposable
{
    private readonly object gate = new();
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<(List<byte[]> Payloads, TaskCompletionSource Done)> waiting = [];
    private bool closing;

    public SqliteSpool(string folder)
    {
        connection = new SqliteConnection($"Data Source={Path.Combine(folder, "spool.db")}");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE spool(position INTEGER PRIMARY KEY, payload BLOB NOT NULL)");
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO spool(payload) VALUES ($payload)";
        insert.Parameters.Add("$payload", SqliteType.Blob);
        insert.Prepare();
        new Thread(Run) { IsBackground = true }.Start();
    }

    public async ValueTask AppendAsync(IReadOnlyList<AssayEvent> events, CancellationToken cancellationToken = default)
    {
        var payloads = new List<byte[]>(events.Count);
        var buffer = new ArrayBufferWriter<byte>(512);
        foreach (var value in events)
        {
            buffer.ResetWrittenCount();
            EventJson.WriteSpooled(buffer, value);
            payloads.Add(buffer.WrittenSpan.ToArray());
        }
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add((payloads, done));
            Monitor.Pulse(gate);
        }
        await done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closing = true;
            Monitor.Pulse(gate);
        }
        await finished.Task;
        await insert.DisposeAsync();
        await connection.DisposeAsync();
    }

    private void Run()
    {
        while (true)
        {
            List<(List<byte[]> Payloads, TaskCompletionSource Done)> group;
            lock (gate)
            {
                while (waiting.Count == 0 && !closing) Monitor.Wait(gate);
                if (waiting.Count == 0) break;
                (group, waiting) = (waiting, []);
            }
            Execute("BEGIN IMMEDIATE");
            foreach (var (payloads, _) in group)
            {
                foreach (var payload in payloads)
                {
                    insert.Parameters[0].Value = payload;
                    insert.ExecuteNonQuery();
                }
            }
            Execute("COMMIT");
            foreach (var (_, done) in group) done.SetResult();
        }
        finished.SetResult();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
