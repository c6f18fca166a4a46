using System.Collections.Immutable;
using Assay.Experiments.Reading;

namespace Assay.Evaluation;

/// <summary>Reads the <c>judges</c> of a document; its other keys are somebody else's.</summary>
public static class JudgeReader
{
    /// <param name="text">YAML or JSON with a list <c>judges</c>.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="directory">Where rubrics and calibrations are looked for; null: they cannot be files.</param>
    /// <param name="seed">Decides orders and fence markers.</param>
    public static JudgesResult ReadText(string text, string? name, string? directory, long seed)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new ProblemList();
        problems.Opened(name);
        var source = new Source(name, directory, problems);
        var judges = ImmutableArray.CreateBuilder<JudgeSpec>();
        foreach (var root in NodeText.Read(text, source))
        {
            if (Section.Of(root, "", source) is not { } section) continue;
            foreach (var (node, path) in section.List("judges"))
                if (JudgeSection.Read(node, path, source, seed) is { } judge) judges.Add(judge);
        }
        return new JudgesResult(judges.ToImmutable(), problems.InOrder());
    }
}
