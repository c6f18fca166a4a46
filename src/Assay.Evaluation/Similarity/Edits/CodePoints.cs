namespace Assay.Evaluation.Similarity;

/// <summary>Texts as numbered code points. A lone surrogate counts as U+FFFD.</summary>
internal static class CodePoints
{
    public static (int[] A, int[] B, int Alphabet) Number(string a, string b)
    {
        Span<int> low = stackalloc int[256];
        var high = new Dictionary<int, int>();
        var count = 0;
        var first = Number(a, low, high, ref count);
        return (first, Number(b, low, high, ref count), count);
    }

    private static int[] Number(string text, Span<int> low, Dictionary<int, int> high, ref int count)
    {
        var ids = new int[text.Length];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value < low.Length)
            {
                // Numbers are kept plus one: 0 is not seen yet.
                ref var id = ref low[rune.Value];
                if (id == 0) id = ++count;
                ids[length++] = id - 1;
            }
            else
            {
                if (!high.TryGetValue(rune.Value, out var id)) high[rune.Value] = id = count++;
                ids[length++] = id;
            }
        }
        return length == ids.Length ? ids : ids[..length];
    }
}
