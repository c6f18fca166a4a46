using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

internal static class Flags
{
    public static bool Read(Section section, string key)
    {
        if (section.Take(key) is not { } node) return false;
        if (node is ScalarNode { Boolean: { } value }) return value;
        section.Error("wrong-type", key, $"{key} must be true or false, not {node.Kind}");
        return false;
    }
}
