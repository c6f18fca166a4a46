using System.Numerics;

namespace Assay.Evaluation.Similarity;

/// <summary>Length of the longest common subsequence, 64 cells at a time.</summary>
/// <remarks>H. Hyyrö (2004), Bit-parallel LCS-length computation revisited: V ← (V + (V ∧ M)) ∨ (V ∧ ¬M); time |a|·|b|/64.</remarks>
internal static class CommonSubsequence
{
    /// <param name="a">Symbols in [0, alphabet).</param>
    /// <param name="b">The same.</param>
    /// <param name="alphabet">How many symbols there are.</param>
    public static int Length(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int alphabet)
    {
        if (a.Length == 0 || b.Length == 0) return 0;
        var words = (a.Length + 63) / 64;
        var matches = SymbolMasks.Of(a, alphabet, words);
        var v = new ulong[words];
        Array.Fill(v, ulong.MaxValue);
        foreach (var symbol in b)
        {
            var mask = matches.AsSpan(symbol * words, words);
            ulong carry = 0;
            for (var w = 0; w < words; w++)
            {
                var (old, u) = (v[w], v[w] & mask[w]);
                var sum = old + u;
                var overflow = sum < old ? 1UL : 0;
                sum += carry;
                overflow |= sum < carry ? 1UL : 0;
                v[w] = sum | (old & ~mask[w]);
                carry = overflow;
            }
        }
        var zeros = 0;
        for (var w = 0; w < words; w++)
        {
            var used = w == words - 1 && a.Length % 64 != 0 ? (1UL << (a.Length % 64)) - 1 : ulong.MaxValue;
            zeros += BitOperations.PopCount(~v[w] & used);
        }
        return zeros;
    }
}
