namespace Assay.Experiments.Reading;

internal static class Duplicates
{
    /// <summary>Adds an entry unless its key is there already, which is a problem.</summary>
    public static void Add(List<MappingEntry> entries, MappingEntry entry, Source source)
    {
        if (entries.Find(e => e.Key == entry.Key) is { } first)
            source.Error("duplicate-key", entry.Line, entry.Key, $"the key '{entry.Key}' stands here twice", $"first on line {first.Line}");
        else entries.Add(entry);
    }
}
