namespace Assay.Evaluation.Similarity;

/// <summary>Where each symbol stands in a sequence, as bits.</summary>
internal static class SymbolMasks
{
    /// <returns>alphabet × words; bit i of a symbol's row is set when it stands at place i.</returns>
    public static ulong[] Of(ReadOnlySpan<int> sequence, int alphabet, int words)
    {
        var masks = new ulong[checked(alphabet * words)];
        for (var i = 0; i < sequence.Length; i++) masks[sequence[i] * words + (i >> 6)] |= 1UL << (i & 63);
        return masks;
    }
}
