namespace Assay.Evaluation.Similarity;

/// <summary>Levenshtein's distance, 64 cells at a time.</summary>
/// <remarks>G. Myers (1999), doi:10.1145/316542.316550, in blocks, in the form of H. Hyyrö (2003); time |a|·|b|/64.</remarks>
internal static class EditDistance
{
    /// <param name="a">Symbols in [0, alphabet).</param>
    /// <param name="b">The same.</param>
    /// <param name="alphabet">How many symbols there are.</param>
    public static int Of(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int alphabet)
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
        var equal = SymbolMasks.Of(a, alphabet, words);
        // Cells go down the columns: whether each is one more (up) or one less (down) than the cell above it.
        var up = new ulong[words];
        var down = new ulong[words];
        Array.Fill(up, ulong.MaxValue);
        var (score, last) = (a.Length, (a.Length - 1) & 63);
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
                if (w == words - 1) score += (int)((ph >> last) & 1) - (int)((mh >> last) & 1);
                var (plusOut, minusOut) = (ph >> 63, mh >> 63);
                ph = (ph << 1) | plusIn;
                mh = (mh << 1) | minusIn;
                up[w] = mh | ~(xv | ph);
                down[w] = ph & xv;
                (plusIn, minusIn) = (plusOut, minusOut);
            }
        }
        return score;
    }
}
