namespace Assay.Storage;

/// <summary>"Did you mean": the known name nearest to a misspelt one.</summary>
internal static class Suggestion
{
    /// <summary>A hint that names the nearest of the known names, when one is near, and lists those there are.</summary>
    public static string For(string name, IReadOnlyCollection<string> known)
    {
        const int most = 30;
        var listed = known.Count == 0 ? "there are none"
            : "there are: " + string.Join(", ", known.Take(most)) + (known.Count > most ? $" and {known.Count - most} more" : "");
        var nearest = known.Select(k => (Name: k, Distance: Distance(name.ToUpperInvariant(), k.ToUpperInvariant()))).OrderBy(k => k.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= (name.Length < 4 ? 1 : Math.Max(2, name.Length / 3)) ? $"did you mean {nearest.Name}? {listed}" : listed;
    }

    // Edits to get from one text to the other (Levenshtein), row by row.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
