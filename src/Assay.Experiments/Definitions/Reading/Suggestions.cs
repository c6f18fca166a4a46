namespace Assay.Experiments.Reading;

/// <summary>"Did you mean".</summary>
public static class Suggestions
{
    /// <summary>A hint that names the nearest candidate, or null when none is near.</summary>
    public static string? Hint(string given, IEnumerable<string> candidates) =>
        Nearest(given, candidates) is { } nearest ? $"did you mean '{nearest}'?" : null;

    public static string? Nearest(string given, IEnumerable<string> candidates)
    {
        var (best, distance) = ((string?)null, Math.Max(1, given.Length / 3) + 1);
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            var d = Distance(given.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (d < distance) (best, distance) = (candidate, d);
        }
        return best;
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
