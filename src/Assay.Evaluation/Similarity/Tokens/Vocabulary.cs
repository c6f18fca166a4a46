namespace Assay.Evaluation.Similarity;

/// <summary>Numbers tokens from 0 in order of appearance, so that comparing two texts compares numbers.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public Vocabulary() => lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => ids.Count;

    public int IdOf(ReadOnlySpan<char> token)
    {
        if (lookup.TryGetValue(token, out var id)) return id;
        id = ids.Count;
        lookup[token] = id;
        return id;
    }
}
