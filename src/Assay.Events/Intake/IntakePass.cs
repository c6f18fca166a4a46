namespace Assay.Events;

/// <summary>One attempt at the events of a batch: what is stored now, what is known already, what waits for another call.</summary>
internal sealed class IntakePass(List<IntakeEntry> entries, List<int> chosen)
{
    public List<IntakeEntry> Entries { get; } = entries;

    /// <summary>Indexes of the events to be stored.</summary>
    public List<int> Chosen { get; } = chosen;
    public List<IntakeEntry> New { get; } = [];
    public List<IntakeEntry> Unsure { get; } = [];
    public List<IntakeEntry> Taken { get; } = [];
    public HashSet<IntakeBatch> Holders { get; } = [];
    public List<int> Conflicts { get; } = [];
    public int Duplicates { get; private set; }

    public void Add(IntakeEntry entry, IdStanding standing, IntakeBatch? holder)
    {
        switch (standing)
        {
            case IdStanding.New:
                Store(entry);
                break;
            case IdStanding.Unsure:
                Unsure.Add(entry);
                break;
            case IdStanding.Duplicate:
                Duplicates++;
                break;
            case IdStanding.Conflict:
                Conflicts.Add(entry.Index);
                break;
            case IdStanding.Taken:
                Taken.Add(entry);
                Holders.Add(holder!);
                break;
        }
    }

    /// <summary>Sorts the unsure by what the store knows of them.</summary>
    public void Resolve(IReadOnlyDictionary<UInt128, ulong> found)
    {
        foreach (var entry in Unsure)
        {
            if (!found.TryGetValue(entry.Id, out var content)) Store(entry);
            else if (content == entry.Content) Duplicates++;
            else Conflicts.Add(entry.Index);
        }
    }

    private void Store(IntakeEntry entry)
    {
        New.Add(entry);
        Chosen.Add(entry.Index);
    }
}
