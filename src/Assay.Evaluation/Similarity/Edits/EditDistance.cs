using System.Numerics;
using System.Runtime.Intrinsics;

namespace Assay.Evaluation.Similarity;

/// <summary>Levenshtein's distance, 64 cells at a time, and four such blocks at a time where the processor can.</summary>
/// <remarks>G. Myers (1999), doi:10.1145/316542.316550, in blocks, in the form of H. Hyyrö (2003); time |a|·|b|/64. A block is 64 rows of the table's column: bits of <c>up</c> say which cells are one more than the cell above, bits of <c>down</c> which are one less.</remarks>
internal static class EditDistance
{
    private const int Lanes = 4;

    /// <param name="a">Symbols in [0, alphabet).</param>
    /// <param name="b">The same.</param>
    /// <param name="alphabet">How many symbols there are.</param>
    public static int Of(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int alphabet) => Of(a, b, alphabet, Vector256.IsHardwareAccelerated);

    /// <summary>The same, by either way.</summary>
    public static int Of(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int alphabet, bool byFour)
    {
        var prefix = a.CommonPrefixLength(b);
        a = a[prefix..];
        b = b[prefix..];
        var suffix = 0;
        while (suffix < a.Length && suffix < b.Length && a[^(suffix + 1)] == b[^(suffix + 1)]) suffix++;
        a = a[..^suffix];
        b = b[..^suffix];
        if (a.Length == 0 || b.Length == 0) return Math.Max(a.Length, b.Length);

        var words = (a.Length + 63) / 64;
        byFour &= words > 1;
        if (byFour) words = (words + Lanes - 1) / Lanes * Lanes;
        var equal = SymbolMasks.Of(a, alphabet, words);
        var up = new ulong[words];
        var down = new ulong[words];
        Array.Fill(up, ulong.MaxValue);
        if (byFour) Strips(equal, b, words, up, down);
        else Columns(equal, b, words, up, down);

        // The last column's top cell is |b|; each step down adds its difference.
        var score = b.Length;
        for (var w = 0; w * 64 < a.Length; w++)
        {
            var used = a.Length - w * 64 >= 64 ? ulong.MaxValue : (1UL << (a.Length - w * 64)) - 1;
            score += BitOperations.PopCount(up[w] & used) - BitOperations.PopCount(down[w] & used);
        }
        return score;
    }

    private static void Columns(ulong[] equal, ReadOnlySpan<int> b, int words, ulong[] up, ulong[] down)
    {
        foreach (var symbol in b)
        {
            var row = equal.AsSpan(symbol * words, words);
            // The top row of the table grows by 1 with every column.
            ulong plusIn = 1, minusIn = 0;
            for (var w = 0; w < words; w++)
            {
                var (pv, mv, eq) = (up[w], down[w], row[w]);
                var xv = eq | mv;
                eq |= minusIn;
                var xh = (((eq & pv) + pv) ^ pv) | eq;
                var ph = mv | ~(xh | pv);
                var mh = pv & xh;
                var (plusOut, minusOut) = (ph >> 63, mh >> 63);
                ph = (ph << 1) | plusIn;
                mh = (mh << 1) | minusIn;
                up[w] = mh | ~(xv | ph);
                down[w] = ph & xv;
                (plusIn, minusIn) = (plusOut, minusOut);
            }
        }
    }

    /// <summary>Four blocks below one another, each a column behind the one above it, so that what that one hands down is there: the same steps as above in every lane.</summary>
    private static void Strips(ulong[] equal, ReadOnlySpan<int> b, int words, ulong[] up, ulong[] down)
    {
        // What a strip hands to the one below, per column; into the first goes the top row's +1.
        var plus = new ulong[b.Length + Lanes];
        var minus = new ulong[b.Length + Lanes];
        Array.Fill(plus, 1UL);
        var rows = new int[b.Length + 2 * Lanes];
        for (var j = 0; j < b.Length; j++) rows[j + Lanes] = b[j] * words;

        for (var strip = 0; strip < words; strip += Lanes)
        {
            var pv = Vector256.Create(up.AsSpan(strip, Lanes));
            var mv = Vector256.Create(down.AsSpan(strip, Lanes));
            Vector256<ulong> plusOut = default, minusOut = default;
            for (var t = 0; t < b.Length + Lanes - 1; t++)
            {
                // Lane k is at column t − k; rows outside the text are read and not kept.
                var at = rows.AsSpan(t + 1, Lanes);
                var eq = Vector256.Create(equal[at[3] + strip], equal[at[2] + strip + 1], equal[at[1] + strip + 2], equal[at[0] + strip + 3]);
                var plusIn = Vector256.Shuffle(plusOut, Vector256.Create(0UL, 0, 1, 2)).WithElement(0, plus[t]);
                var minusIn = Vector256.Shuffle(minusOut, Vector256.Create(0UL, 0, 1, 2)).WithElement(0, minus[t]);

                var xv = eq | mv;
                eq |= minusIn;
                var xh = (((eq & pv) + pv) ^ pv) | eq;
                var ph = mv | ~(xh | pv);
                var mh = pv & xh;
                (plusOut, minusOut) = (ph >>> 63, mh >>> 63);
                ph = (ph << 1) | plusIn;
                mh = (mh << 1) | minusIn;
                var (nextPv, nextMv) = (mh | ~(xv | ph), ph & xv);
                if (t < Lanes - 1 || t >= b.Length)
                {
                    var inside = Vector256.Create(Inside(t, b.Length), Inside(t - 1, b.Length), Inside(t - 2, b.Length), Inside(t - 3, b.Length));
                    nextPv = Vector256.ConditionalSelect(inside, nextPv, pv);
                    nextMv = Vector256.ConditionalSelect(inside, nextMv, mv);
                }
                (pv, mv) = (nextPv, nextMv);
                if (t < Lanes - 1) continue;
                // The top lane has read this column's; only now may it be written for the strip below.
                plus[t - Lanes + 1] = plusOut[Lanes - 1];
                minus[t - Lanes + 1] = minusOut[Lanes - 1];
            }
            pv.CopyTo(up, strip);
            mv.CopyTo(down, strip);
        }
    }

    private static ulong Inside(int column, int columns) => column >= 0 && column < columns ? ulong.MaxValue : 0;
}
