using System.Runtime.InteropServices;

namespace Assay.DuckDb.Native;

/// <summary>duckdb_hugeint: upper × 2^64 + lower.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct HugeInt(ulong Lower, long Upper)
{
    public static HugeInt From(Int128 value) => new((ulong)(value & ulong.MaxValue), (long)(value >> 64));
}

/// <summary>duckdb_uhugeint: upper × 2^64 + lower.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct UnsignedHugeInt(ulong Lower, ulong Upper)
{
    public static UnsignedHugeInt From(UInt128 value) => new((ulong)(value & ulong.MaxValue), (ulong)(value >> 64));
}

/// <summary>duckdb_timestamp; a struct of its own because some calling conventions pass it differently from a long.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TimestampMicros(long Micros);

/// <summary>duckdb_result, which some functions take by value. Only the last field is alive; the others are deprecated.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    public ulong DeprecatedColumnCount;
    public ulong DeprecatedRowCount;
    public ulong DeprecatedRowsChanged;
    public nint DeprecatedColumns;
    public nint DeprecatedErrorMessage;
    public nint Internal;
}
