using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.DuckDb.Native;

// Each handle frees one native object. The objects keep what they need of each other alive by reference counts,
// so finalizers may run in any order.

internal sealed class ConfigHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_destroy_config(ref handle); return true; }
}

internal sealed class DatabaseHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_close(ref handle); return true; }
}

internal sealed class ConnectionHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_disconnect(ref handle); return true; }
}

internal sealed class ExtractedHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_destroy_extracted(ref handle); return true; }
}

internal sealed class StatementHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_destroy_prepare(ref handle); return true; }
}

internal sealed class PendingHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_destroy_pending(ref handle); return true; }
}

internal sealed class ValueHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_destroy_value(ref handle); return true; }
}

internal sealed class ChunkHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_destroy_data_chunk(ref handle); return true; }
}

internal sealed class LogicalTypeHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_destroy_logical_type(ref handle); return true; }
}

internal sealed class ErrorDataHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle() { Duck.duckdb_destroy_error_data(ref handle); return true; }
}

internal sealed class AppenderHandle() : SafeHandleZeroOrMinusOneIsInvalid(true)
{
    protected override bool ReleaseHandle()
    {
        // Destroying flushes what is left; rows nobody asked to flush must not appear behind an exception's back.
        _ = Duck.duckdb_appender_clear(handle);
        _ = Duck.duckdb_appender_destroy(ref handle);
        return true;
    }
}

/// <summary>Owns the memory of a duckdb_result as well as what it points to.</summary>
internal sealed unsafe class ResultHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ResultHandle() : base(true) => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));

    /// <summary>The next chunk, an invalid handle after the last or on an error.</summary>
    public ChunkHandle FetchChunk()
    {
        var added = false;
        try
        {
            DangerousAddRef(ref added);
            return Duck.duckdb_fetch_chunk(*(NativeResult*)handle);
        }
        finally
        {
            if (added) DangerousRelease();
        }
    }

    protected override bool ReleaseHandle()
    {
        Duck.duckdb_destroy_result(handle);
        NativeMemory.Free((void*)handle);
        return true;
    }
}
