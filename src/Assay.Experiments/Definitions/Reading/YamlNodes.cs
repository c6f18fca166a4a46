using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Assay.Experiments.Reading;

/// <summary>YAML text to nodes. Works on parser events because the library's own model stops at the first duplicate key.</summary>
internal sealed class YamlNodes
{
    private const int DeepestNesting = 100;
    private const int MostNodes = 200_000;
    private readonly Source source;
    private readonly Parser parser;
    private readonly Dictionary<string, Node> anchors = new(StringComparer.Ordinal);
    private int depth;

    private YamlNodes(string text, Source source)
    {
        this.source = source;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>The roots of all documents; a syntax error ends the list and is reported.</summary>
    public static IReadOnlyList<Node> Read(string text, Source source)
    {
        var roots = new List<Node>();
        var reader = new YamlNodes(text, source);
        try
        {
            reader.parser.Consume<StreamStart>();
            while (reader.parser.TryConsume<DocumentStart>(out _))
            {
                reader.anchors.Clear();
                var root = reader.Next();
                reader.parser.Consume<DocumentEnd>();
                if (root is not ScalarNode { IsNull: true }) roots.Add(root);
            }
        }
        catch (YamlException e)
        {
            source.Error("malformed-yaml", (int)e.Start.Line, "", "this is not valid YAML: " + e.Message.TrimEnd('.'), $"column {e.Start.Column}");
        }
        catch (InvalidOperationException)
        {
            // The library's scanner throws this, without a position, on some malformed plain texts inside braces.
            var mark = reader.parser.Current?.End ?? Mark.Empty;
            source.Error("malformed-yaml", (int)mark.Line, "", "this is not valid YAML", $"after column {mark.Column}");
        }
        return roots;
    }

    private Node Next()
    {
        var line = (int)(parser.Current?.Start.Line ?? 0);
        if (++depth > DeepestNesting) throw Refuse("nested too deeply");
        Node node;
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!anchors.TryGetValue(alias.Value.Value, out node!)) throw Refuse($"there is no anchor '{alias.Value.Value}' before this alias");
        }
        else if (parser.TryConsume<Scalar>(out var scalar))
        {
            node = new ScalarNode(scalar.Value, scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.Value != "tag:yaml.org,2002:str"), line);
            Anchor(scalar, node);
        }
        else if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<Node>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Next());
            node = new SequenceNode(items, line);
            Anchor(sequence, node);
        }
        else
        {
            var mapping = parser.Consume<MappingStart>();
            node = Mapping(line);
            Anchor(mapping, node);
        }
        if (node.Size > MostNodes) throw Refuse("the document is too large");
        depth--;
        return node;
    }

    private MappingNode Mapping(int line)
    {
        var entries = new List<MappingEntry>();
        var merged = new List<MappingNode>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Next() is not ScalarNode key) throw Refuse("keys must be plain texts");
            var value = Next();
            if (key is { Value: "<<", IsPlain: true })
            {
                merged.AddRange((value is SequenceNode several ? several.Items : [value]).OfType<MappingNode>());
                continue;
            }
            Duplicates.Add(entries, new MappingEntry(key.Value, key.Line, value), source);
        }
        foreach (var entry in merged.SelectMany(m => m.Entries))
            if (!entries.Exists(e => e.Key == entry.Key)) entries.Add(entry);
        return new MappingNode(entries, line);
    }

    private void Anchor(NodeEvent e, Node node)
    {
        if (!e.Anchor.IsEmpty) anchors[e.Anchor.Value] = node;
    }

    private YamlException Refuse(string message)
    {
        var mark = parser.Current?.Start ?? Mark.Empty;
        return new YamlException(mark, mark, message);
    }
}
