using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>Turns a cancellation into an interrupt of the connection, for as long as a native call lasts.</summary>
internal static class Interruption
{
    public static CancellationTokenRegistration On(ConnectionHandle connection, CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static state => Duck.duckdb_interrupt((ConnectionHandle)state!), connection);
}
