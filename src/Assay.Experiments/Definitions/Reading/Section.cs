using System.Globalization;

namespace Assay.Experiments.Reading;

/// <summary>A mapping that is being read: typed getters report what is wrong, and <see cref="Finish"/> reports keys that nobody asked for.</summary>
internal sealed class Section
{
    private readonly MappingNode node;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly List<(string Key, string? Hint)> missing = [];
    private readonly HashSet<string> misspelt = new(StringComparer.Ordinal);
    private bool isFinished;

    private Section(MappingNode node, string path, Source source) => (this.node, Path, Source) = (node, path, source);

    public string Path { get; }
    public Source Source { get; }
    public int Line => node.Line;
    public IReadOnlyList<MappingEntry> Entries => node.Entries;

    /// <summary>Null, with a problem, when the node is not a mapping.</summary>
    public static Section? Of(Node node, string path, Source source)
    {
        if (node is MappingNode mapping) return new Section(mapping, path, source);
        source.Error("wrong-type", node.Line, path, $"{Name(path)} must be a mapping, not {node.Kind}");
        return null;
    }

    public string PathOf(string key) => Path.Length == 0 ? key : Path + "." + key;
    public int LineOf(string key) => node.Entries.FirstOrDefault(e => e.Key == key)?.Line ?? node.Line;

    /// <summary>The value under a key; null when absent or null.</summary>
    public Node? Take(string key)
    {
        asked.Add(key);
        return node[key] is ScalarNode { IsNull: true } ? null : node[key];
    }

    public bool Has(string key) => Take(key) is not null;
    public Section? Map(string key) => Take(key) is { } value ? Of(value, PathOf(key), Source) : null;

    /// <summary>The items of a list; a single value counts as a list of one when <paramref name="orOne"/>.</summary>
    public IEnumerable<(Node Node, string Path)> List(string key, bool orOne = false)
    {
        var value = Take(key);
        if (value is null) return [];
        if (value is SequenceNode list) return list.Items.Select((item, i) => (item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{i}]")));
        if (orOne) return [(value, PathOf(key))];
        WrongType(key, value, "a list");
        return [];
    }

    public string? Text(string key) => Take(key) is { } value ? Text(value, PathOf(key), Source) : null;

    public static string? Text(Node value, string path, Source source)
    {
        if (value is ScalarNode scalar) return scalar.Value;
        source.Error("wrong-type", value.Line, path, $"{Name(path)} must be a text, not {value.Kind}");
        return null;
    }

    public string? RequiredText(string key)
    {
        if (!Has(key)) Missing(key);
        return Text(key);
    }

    /// <summary>A number for which <paramref name="isValid"/> holds; <paramref name="range"/> says which those are.</summary>
    public double? Number(string key, Func<double, bool>? isValid = null, string range = "a number")
    {
        var value = Take(key);
        if (value is null) return null;
        if (value is not ScalarNode scalar || !Scalars.TryNumber(scalar, out var number))
        {
            WrongType(key, value, "a number");
            return null;
        }
        if (isValid is null || isValid(number)) return number;
        Source.Error("out-of-range", LineOf(key), PathOf(key), $"{key} must be {range}, not {scalar.Value}");
        return null;
    }

    public int? Integer(string key, int least) =>
        (int?)Number(key, n => n == Math.Floor(n) && n >= least && n <= int.MaxValue, string.Create(CultureInfo.InvariantCulture, $"a whole number, at least {least}"));

    public TimeSpan? Duration(string key)
    {
        var text = Text(key);
        if (text is null) return null;
        if (Scalars.TryDuration(text, out var duration)) return duration;
        Source.Error("duration", LineOf(key), PathOf(key), $"'{text}' is not a duration", "write 7d, 24h, 30m, 10s or 1h30m");
        return null;
    }

    /// <summary>One of the named values; null when absent or unknown (which is reported).</summary>
    public T? OneOf<T>(string key, IReadOnlyDictionary<string, T> values) where T : struct
    {
        var text = Text(key);
        if (text is null) return null;
        if (values.TryGetValue(text, out var found)) return found;
        Source.Error("unknown-value", LineOf(key), PathOf(key), $"'{text}' is not a {key}; there are {string.Join(", ", values.Keys)}", Suggestions.Hint(text, values.Keys));
        return null;
    }

    /// <summary>A required key is not there. Said at the end, and not at all when an unknown key turns out to be the key misspelt: one mistake, one message.</summary>
    public void Missing(string key, string? hint = null)
    {
        if (!isFinished) missing.Add((key, hint));
        else if (!misspelt.Contains(key)) Source.Error("missing-key", Line, PathOf(key), $"{key} is missing", hint);
    }

    /// <summary>A key that is reserved: an error when ignoring it would change who gets what, else a warning.</summary>
    public void Later(string key, bool changesWhoGetsWhat = false)
    {
        if (!Has(key)) return;
        if (changesWhoGetsWhat) Source.Error("not-yet-supported", LineOf(key), PathOf(key), $"{key} is not yet supported", "it would change who gets what, so it cannot be ignored");
        else Source.Warning("not-yet-supported", LineOf(key), PathOf(key), $"{key} is not yet supported and has no effect");
    }

    public void Error(string code, string key, string message, string? hint = null) => Source.Error(code, LineOf(key), PathOf(key), message, hint);
    public void Warning(string code, string key, string message, string? hint = null) => Source.Warning(code, LineOf(key), PathOf(key), message, hint);

    /// <summary>Reports keys that were never asked for (keys that start with <c>x-</c> are free), and those that are missing.</summary>
    public void Finish(Func<string, string?>? hint = null)
    {
        foreach (var entry in node.Entries)
        {
            if (asked.Contains(entry.Key) || entry.Key.StartsWith("x-", StringComparison.Ordinal)) continue;
            var nearest = Suggestions.Nearest(entry.Key, asked);
            if (nearest is not null) misspelt.Add(nearest);
            Source.Error("unknown-key", entry.Line, PathOf(entry.Key), $"unknown key '{entry.Key}'", hint?.Invoke(entry.Key) ?? (nearest is null ? null : $"did you mean '{nearest}'?"));
        }
        isFinished = true;
        foreach (var (key, advice) in missing) Missing(key, advice);
    }

    private void WrongType(string key, Node value, string expected) =>
        Source.Error("wrong-type", LineOf(key), PathOf(key), $"{key} must be {expected}, not {value.Kind}",
            value is ScalarNode { IsPlain: false } && expected == "a number" ? "remove the quotes" : null);

    private static string Name(string path) => path.Length == 0 ? "a document" : path;
}
