namespace Assay.Events;

/// <summary>What a misspelt field probably was.</summary>
internal static class FieldSuggestion
{
    public static string Describe(string unknown, EventKind kind)
    {
        var nearest = EventFieldInfo.All
            .Where(f => !f.IsInternal && (f.Kinds & kind) != 0)
            .Select(f => (f.Name, Distance: string.Equals(f.Name, unknown, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(f.Name, unknown)))
            .MinBy(f => f.Distance);
        var shown = $"'{Shortened.Of(unknown)}' is no field of the contract";
        return nearest.Distance <= Math.Max(1, nearest.Name.Length / 3) ? $"{shown}; did you mean '{nearest.Name}'?" : shown;
    }

    // Edits with neighbouring letters swapped counted once (optimal string alignment).
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8) return int.MaxValue;
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
