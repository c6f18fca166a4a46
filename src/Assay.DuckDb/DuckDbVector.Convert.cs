namespace Assay.DuckDb;

/// <summary>Single values, converted from whichever numeric or time type DuckDB chose (a SUM of BIGINT is a HUGEINT).</summary>
public sealed unsafe partial class DuckDbVector
{
    public bool ToBoolean(int row)
    {
        ThrowIfNull(row);
        return Column.Type == DuckDbType.Boolean ? At<byte>(row) != 0 : throw Mismatch("a boolean");
    }

    /// <exception cref="OverflowException">The value does not fit.</exception>
    /// <exception cref="InvalidCastException">NULL, not an integer type, or a DECIMAL with digits after the point.</exception>
    public long ToInt64(int row)
    {
        ThrowIfNull(row);
        if (Column.Type == DuckDbType.Decimal && Column.Scale > 0) throw Mismatch("an integer");
        return Column.StoredAs == DuckDbType.UHugeInt ? checked((long)At<UInt128>(row)) : checked((long)IntegerAt(row));
    }

    /// <summary>Any number; integers beyond 2^53 and decimals are rounded to the nearest double.</summary>
    public double ToDouble(int row)
    {
        ThrowIfNull(row);
        return Column.StoredAs switch
        {
            DuckDbType.Double => At<double>(row),
            DuckDbType.Float => At<float>(row),
            DuckDbType.UHugeInt => (double)At<UInt128>(row),
            _ when Column.Type == DuckDbType.Decimal => (double)IntegerAt(row) / Math.Pow(10, Column.Scale),
            _ => (double)IntegerAt(row),
        };
    }

    /// <summary>Any timestamp or date as microseconds since 1970-01-01 UTC.</summary>
    public long ToTimestampMicros(int row)
    {
        ThrowIfNull(row);
        return Column.Type switch
        {
            DuckDbType.Timestamp or DuckDbType.TimestampTz => At<long>(row),
            DuckDbType.TimestampSeconds => checked(At<long>(row) * 1_000_000),
            DuckDbType.TimestampMillis => checked(At<long>(row) * 1_000),
            DuckDbType.TimestampNanos => (long)Math.Floor(At<long>(row) / 1_000m),
            DuckDbType.Date => At<int>(row) * 86_400_000_000,
            _ => throw Mismatch("a timestamp"),
        };
    }

    public DateTimeOffset ToDateTimeOffset(int row) => Micros.ToDateTimeOffset(ToTimestampMicros(row));

    private Int128 IntegerAt(int row) => Column.StoredAs switch
    {
        DuckDbType.TinyInt => At<sbyte>(row),
        DuckDbType.SmallInt => At<short>(row),
        DuckDbType.Integer => At<int>(row),
        DuckDbType.BigInt => At<long>(row),
        DuckDbType.UTinyInt => At<byte>(row),
        DuckDbType.USmallInt => At<ushort>(row),
        DuckDbType.UInteger => At<uint>(row),
        DuckDbType.UBigInt => At<ulong>(row),
        DuckDbType.HugeInt => At<Int128>(row),
        _ => throw Mismatch("a number"),
    };
}
