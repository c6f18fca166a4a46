using System.Text.Json;
using System.Xml;
using System.Xml.XPath;

namespace Assay.Evaluation.Checks;

/// <summary>The answer is well-formed XML, with something at an XPath.</summary>
internal static class XmlCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("xml", 1, "the answer is well-formed XML 1.0 (no document type); with path: something is there, or the wanted value", IsBinary: true,
        [
            new("path", "text", "an XPath 1.0 expression", "none"),
            new("value", "text", "what the path must come to, as text", "anything: a node, true, or a number but 0"),
            new("namespaces", "object", "prefixes that the path uses, with their URIs", "none"),
            CodeFence.Argument,
        ]),
        Make);

    private static CheckRule? Make(CheckArguments arguments, CheckServices services)
    {
        var fence = arguments.Flag("fence", true);
        var wanted = arguments.Text("value") is { } value ? Wanted.Of(value) : null;
        if (wanted is not null && !arguments.Has("path")) arguments.Problem("path", "xml with 'value' needs 'path'");
        var path = Compile(arguments);
        return arguments.HasProblems ? null : CheckDefinition.Of((golden, answer) =>
        {
            string? text = null;
            if (wanted is not null && !wanted.TryFor(golden, out text, out var missing)) return missing;
            XPathNavigator root;
            try
            {
                using var reader = XmlReader.Create(new StringReader((fence ? CodeFence.Inside(answer.Text) : answer.Text).Trim()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
                root = new XPathDocument(reader).CreateNavigator();
            }
            catch (XmlException e)
            {
                return CheckResult.Fail("not well-formed XML: " + e.Message);
            }
            return path is null ? CheckResult.Pass() : Compare(root.Evaluate(path.Clone()), path.Expression, text);
        });
    }

    private static XPathExpression? Compile(CheckArguments arguments)
    {
        var names = new XmlNamespaceManager(new NameTable());
        if (arguments.Element("namespaces") is { } declared)
        {
            if (declared.ValueKind != JsonValueKind.Object || declared.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
                arguments.Problem("namespaces", "'namespaces' of xml is not an object of prefixes and URIs");
            else foreach (var prefix in declared.EnumerateObject()) names.AddNamespace(prefix.Name, prefix.Value.GetString()!);
        }
        if (arguments.Text("path") is not { } path) return null;
        try
        {
            var expression = XPathExpression.Compile(path);
            expression.SetContext(names);
            return expression;
        }
        catch (Exception e) when (e is XPathException or ArgumentException)
        {
            arguments.Problem("path", $"'{path}' is not an XPath expression: {e.Message}");
            return null;
        }
    }

    private static CheckResult Compare(object found, string path, string? wanted)
    {
        var nodes = (found as XPathNodeIterator)?.Cast<XPathNavigator>().Select(n => n.Value).ToArray();
        if (nodes is { Length: 0 } || (wanted is null && found is false or 0.0 or "")) return CheckResult.Fail($"there is nothing at {path}");
        if (wanted is null) return CheckResult.Pass();
        string[] texts = nodes ?? [found switch { bool flag => flag ? "true" : "false", double number => XmlConvert.ToString(number), _ => (string)found }];
        return texts.Any(t => t.Trim() == wanted.Trim()) ? CheckResult.Pass() : CheckResult.Fail($"{path} is {Shown.Short(texts[0])}, not {Shown.Short(wanted)}");
    }
}
