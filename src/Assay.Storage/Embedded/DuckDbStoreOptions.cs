namespace Assay.Storage;

/// <summary>How much of the machine the embedded event store may use.</summary>
/// <param name="MemoryLimit">DuckDB's memory limit, for example <c>1500MB</c>; beyond it, it spills to disk.</param>
/// <param name="Threads">Worker threads; null for one per core.</param>
public sealed record DuckDbStoreOptions(string MemoryLimit = "1500MB", int? Threads = null)
{
    internal Dictionary<string, string> ToSettings()
    {
        var settings = new Dictionary<string, string>
        {
            ["memory_limit"] = MemoryLimit,
            // Nothing here depends on the order of rows, and keeping it costs memory.
            ["preserve_insertion_order"] = "false",
            // The built-in extensions are all that is used; nothing may be fetched.
            ["autoinstall_known_extensions"] = "false",
        };
        if (Threads is { } threads) settings["threads"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return settings;
    }
}
