using System.Text;

namespace Assay.Evaluation;

/// <summary>G-Eval: the mean score under the probabilities that the model gave each score, instead of the one it happened to write.</summary>
/// <remarks>Y. Liu et al., EMNLP 2023, 2511–2522, doi:10.18653/v1/2023.emnlp-main.153, equation 1.</remarks>
internal static class ScoreWeighting
{
    /// <summary>Below this share of the probability, what is known of the alternatives says too little.</summary>
    private const double LeastMass = 0.5;

    /// <param name="answer">With the log probabilities of its tokens.</param>
    /// <param name="axis">Whose score is looked for, as a JSON member or as <c>axis=n</c>.</param>
    /// <param name="written">The score as read.</param>
    /// <returns>The weighted score; null when the endpoint's tokens do not show it.</returns>
    public static double? Of(Answer answer, string axis, int written)
    {
        if (answer.LogProbabilities.IsEmpty || Position(answer.Text, axis, written) is not { } position) return null;
        var text = new StringBuilder();
        foreach (var token in answer.LogProbabilities)
        {
            var start = text.Length;
            text.Append(token.Token);
            if (position >= text.Length) continue;
            // The tokens must spell the text, and the score must be a token of its own.
            if (!answer.Text.StartsWith(text.ToString(), StringComparison.Ordinal) || token.Token.Trim() != answer.Text[position].ToString() || start > position) return null;
            return Mean(token);
        }
        return null;
    }

    private static double? Mean(TokenLogProbability token)
    {
        double mass = 0, sum = 0;
        foreach (var (alternative, logProbability) in token.Alternatives.Append((token.Token, token.LogProbability)).DistinctBy(a => a.Item1))
        {
            if (alternative.Trim() is not [>= '1' and <= '5' and var digit]) continue;
            var probability = Math.Exp(logProbability);
            mass += probability;
            sum += probability * (digit - '0');
        }
        return mass >= LeastMass ? sum / mass : null;
    }

    // The last place where the axis is followed by its score: a reason that mentions the axis stands before it.
    private static int? Position(string text, string axis, int written)
    {
        for (var at = text.LastIndexOf(axis, StringComparison.Ordinal); at >= 0; at = at == 0 ? -1 : text.LastIndexOf(axis, at - 1, StringComparison.Ordinal))
        {
            var i = at + axis.Length;
            while (i < text.Length && text[i] is '"' or ' ' or ':' or '=' or '\n' or '\t') i++;
            if (i < text.Length && text[i] == '0' + written && (i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]))) return i;
        }
        return null;
    }
}
