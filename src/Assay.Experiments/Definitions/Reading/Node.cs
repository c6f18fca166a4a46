namespace Assay.Experiments.Reading;

/// <summary>One value of a document, whether it was YAML or JSON, with the line where it stands.</summary>
internal abstract class Node(int line, int size)
{
    public int Line { get; } = line;

    /// <summary>Nodes below and including this one, aliases counted as often as they are used: guards against documents that explode.</summary>
    public int Size { get; } = size;

    /// <summary>For messages: "a list", "a mapping", "a text".</summary>
    public abstract string Kind { get; }
}

internal sealed class ScalarNode(string value, bool isPlain, int line) : Node(line, 1)
{
    public string Value { get; } = value;

    /// <summary>False for quoted text, which is never a number, boolean or null.</summary>
    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
    public bool? Boolean => !IsPlain ? null : Value switch { "true" or "True" or "TRUE" => true, "false" or "False" or "FALSE" => false, _ => null };
    public override string Kind => IsNull ? "nothing" : Boolean is not null ? "true or false" : Scalars.TryNumber(this, out _) ? "a number" : "a text";
}

internal sealed class SequenceNode(IReadOnlyList<Node> items, int line) : Node(line, 1 + items.Sum(i => i.Size))
{
    public IReadOnlyList<Node> Items { get; } = items;
    public override string Kind => "a list";
}

internal sealed class MappingNode(IReadOnlyList<MappingEntry> entries, int line) : Node(line, 1 + entries.Sum(e => e.Value.Size))
{
    public IReadOnlyList<MappingEntry> Entries { get; } = entries;
    public Node? this[string key] => Entries.FirstOrDefault(e => e.Key == key)?.Value;
    public override string Kind => "a mapping";
}

internal sealed record MappingEntry(string Key, int Line, Node Value);
