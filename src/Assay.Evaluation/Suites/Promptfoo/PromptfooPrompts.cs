using System.Globalization;
using Assay.Evaluation.Suites;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Promptfoo;

/// <summary>A configuration's <c>prompts</c>: texts, conversations, files; a text file holds several between lines of <c>---</c>.</summary>
internal static class PromptfooPrompts
{
    private static readonly string[] Known = ["label", "raw", "id"];

    public static void Read(Section root, PromptfooImport import)
    {
        foreach (var (node, path) in root.List("prompts", orOne: true))
        {
            var mapping = node as MappingNode;
            if ((mapping?["raw"] ?? mapping?["id"] ?? node) is not ScalarNode text)
            {
                root.Error("prompt", "prompts", "a prompt is a text, file://NAME, or { label, raw }");
                continue;
            }
            foreach (var entry in mapping?.Entries.Where(e => !Known.Contains(e.Key)) ?? []) import.LeftOut.Add($"prompts: '{entry.Key}' has no equal here");
            var label = (mapping?["label"] as ScalarNode)?.Value;
            if (!PromptfooFiles.IsReference(text.Value)) Add(text.Value, text.Value);
            else
                foreach (var name in PromptfooFiles.Expand(PromptfooFiles.Name(text.Value), root.Source))
                    foreach (var content in PromptfooFiles.Texts(name, text.Line, path, root.Source))
                        foreach (var part in Path.GetExtension(name) == ".txt" ? Parts(content) : [content]) Add(part, name);

            void Add(string content, string id)
            {
                if (PromptfooFiles.TemplateLogic(content) is { } logic)
                    root.Source.Error("promptfoo-template", text.Line, path, $"the prompt holds {logic}, which promptfoo's template engine acts on and this program does not", "write it with plain {{variables}}");
                var number = string.Create(CultureInfo.InvariantCulture, $"prompt-{import.Prompts.Count + 1}");
                import.Prompts.Add(new PromptfooPrompt(PromptfooReader.Label(label ?? number), id, PromptTurns.OfText(content, path, root.Source)));
            }
        }
    }

    private static IEnumerable<string> Parts(string content)
    {
        var part = new List<string>();
        foreach (var line in content.Split('\n').Append("---"))
        {
            if (line.Trim() != "---")
            {
                part.Add(line);
                continue;
            }
            var text = string.Join('\n', part).Trim();
            if (text.Length > 0) yield return text;
            part.Clear();
        }
    }
}
