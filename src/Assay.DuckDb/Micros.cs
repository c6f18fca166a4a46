namespace Assay.DuckDb;

/// <summary>Microseconds since 1970-01-01 UTC, as DuckDB keeps timestamps.</summary>
internal static class Micros
{
    public static long Of(DateTimeOffset value)
    {
        var ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        // Downwards also before 1970, so that cutting off never moves an instant forward.
        return (ticks - (ticks % 10 + 10) % 10) / 10;
    }

    public static DateTimeOffset ToDateTimeOffset(long micros) => DateTimeOffset.UnixEpoch.AddTicks(checked(micros * 10));
}
