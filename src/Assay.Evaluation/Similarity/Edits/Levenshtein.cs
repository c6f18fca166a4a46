using Assay.Evaluation.Similarity;

namespace Assay.Evaluation;

/// <summary>Levenshtein's distance: the fewest insertions, deletions and substitutions of code points that turn one text into the other. Symmetric.</summary>
/// <remarks>V. I. Levenshtein (1966), Soviet Physics Doklady 10, 707–710. Case and white space count. Units are Unicode code points: an emoji beyond the first plane is one, a family emoji joined of several is several.</remarks>
public static class Levenshtein
{
    /// <summary>From 0 (equal) to the length of the longer text. Time |a|·|b|/64.</summary>
    public static int Distance(string a, string b) => Compare(a, b).Distance;

    /// <summary>1 − distance / length of the longer text, in [0, 1]; two empty texts are equal: 1.</summary>
    public static double Similarity(string a, string b)
    {
        var (distance, longer) = Compare(a, b);
        return longer == 0 ? 1 : 1 - (double)distance / longer;
    }

    private static (int Distance, int Longer) Compare(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (first, second, alphabet) = CodePoints.Number(CanonicalText.Compose(a), CanonicalText.Compose(b));
        return (EditDistance.Of(first, second, alphabet), Math.Max(first.Length, second.Length));
    }
}
