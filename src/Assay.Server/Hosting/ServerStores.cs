using Assay.Events;
using Assay.Storage;

namespace Assay.Server;

/// <summary>The embedded stores of one data folder, opened together and closed together.</summary>
internal sealed class ServerStores : IAsyncDisposable
{
    private ServerStores(EventSpool spool, DuckDbEventStore events, SqliteControlStore control)
    {
        Spool = spool;
        Events = events;
        Control = control;
    }

    public EventSpool Spool { get; }
    public DuckDbEventStore Events { get; }
    public IControlStore Control { get; }

    /// <summary>The spool first: its lock keeps a second server out before it touches anything else.</summary>
    public static async Task<ServerStores> OpenAsync(AssayServerOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataFolder);
        var spool = EventSpool.Open(Path.Combine(options.DataFolder, "spool"));
        DuckDbEventStore? events = null;
        try
        {
            events = DuckDbEventStore.Open(Path.Combine(options.DataFolder, "events.duckdb"));
            return new ServerStores(spool, events, await SqliteControlStore.OpenAsync(Path.Combine(options.DataFolder, "control.db"), cancellationToken));
        }
        catch
        {
            events?.Dispose();
            await spool.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Spool.DisposeAsync();
        Events.Dispose();
        (Control as IDisposable)?.Dispose();
    }
}
