using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>Turns a cancellation into an interrupt of the connection, for as long as a native call lasts.</summary>
internal static class Interruption
{
    public static CancellationTokenRegistration On(ConnectionHandle connection, CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static state => Interrupt((ConnectionHandle)state!), connection);

    private static void Interrupt(ConnectionHandle connection)
    {
        try
        {
            Duck.duckdb_interrupt(connection);
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile: there is nothing left to break off, and whoever cancels must not suffer for it.
        }
    }
}
