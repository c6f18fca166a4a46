using System.Text;

namespace Assay.Evaluation.Checks;

/// <summary>Tells the language of a text by its script and, within the Latin and Cyrillic scripts, by its small words. Says nothing where a text is too short or reads like none.</summary>
internal static class LanguageDetector
{
    private const int FewestLetters = 20, FewestIdeographs = 6;
    private const double LeastWeight = 1.5, LeastShare = 0.08, LeastLead = 1.25;

    /// <summary>ISO 639-1 code, or why there is none.</summary>
    public static (string? Language, string? Why) Detect(string text)
    {
        var scripts = Scripts(text);
        var letters = scripts.Values.Sum();
        if (letters == 0) return (null, "it has no letters");
        // Kana or Hangul beside ideographs decide for Japanese or Korean; ideographs alone are Chinese.
        var (kana, han, hangul) = (scripts.GetValueOrDefault("kana"), scripts.GetValueOrDefault("han"), scripts.GetValueOrDefault("hangul"));
        if (2 * (kana + han + hangul) > letters)
        {
            if (kana + han + hangul < FewestIdeographs) return (null, $"it has {kana + han + hangul} characters, too few to tell");
            return (hangul > kana + han ? "ko" : 10 * kana > kana + han ? "ja" : "zh", null);
        }
        if (letters < FewestLetters) return (null, $"it has {letters} letters, fewer than the {FewestLetters} that it takes to tell");
        var (script, count) = scripts.MaxBy(s => s.Value);
        if (count < 0.6 * letters) return (null, "it mixes scripts");
        return script switch
        {
            "latin" or "cyrillic" => ByWords(text, script),
            "greek" => ("el", null),
            "hebrew" => ("he", null),
            "thai" => ("th", null),
            "devanagari" => ("hi", null),
            "arabic" => (text.Any(c => c is 'پ' or 'چ' or 'ژ' or 'گ' or 'ی' or 'ک') ? "fa" : "ar", null),
            _ => (null, "its script is not one that is known here"),
        };
    }

    private static (string? Language, string? Why) ByWords(string text, string script)
    {
        var scores = new Dictionary<string, double>();
        var words = 0;
        foreach (var word in Words(text))
        {
            words++;
            foreach (var (language, weight) in StopWords.Weights.GetValueOrDefault(word) ?? [])
                if (script == "cyrillic" == language is "ru" or "uk") scores[language] = scores.GetValueOrDefault(language) + weight;
        }
        if (script == "cyrillic") Letters(text, scores);
        var ranked = scores.OrderByDescending(s => s.Value).Take(2).ToArray();
        if (ranked.Length == 0 || ranked[0].Value < Math.Max(LeastWeight, LeastShare * words)) return (null, $"its {words} words hold too few that are known to tell");
        return ranked.Length > 1 && ranked[0].Value < LeastLead * ranked[1].Value
            ? (null, $"it reads as {ranked[0].Key} and as {ranked[1].Key}")
            : (ranked[0].Key, null);
    }

    // Most small words of Russian and Ukrainian are the same; these letters are not.
    private static void Letters(string text, Dictionary<string, double> scores)
    {
        foreach (var c in text)
        {
            if (c is 'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є' or 'Ґ') scores["uk"] = scores.GetValueOrDefault("uk") + 1;
            else if (c is 'ы' or 'э' or 'ъ' or 'ё' or 'Ы' or 'Э' or 'Ъ' or 'Ё') scores["ru"] = scores.GetValueOrDefault("ru") + 1;
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        var lower = Similarity.CanonicalText.Compose(text).ToLowerInvariant().Replace('’', '\'');
        var start = -1;
        for (var i = 0; i <= lower.Length; i++)
        {
            var inside = i < lower.Length && (char.IsLetter(lower[i]) || (lower[i] == '\'' && start >= 0));
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            yield return lower[start..i].TrimEnd('\'');
            start = -1;
        }
    }

    private static Dictionary<string, int> Scripts(string text)
    {
        var counts = new Dictionary<string, int>();
        foreach (var rune in text.EnumerateRunes())
            if (Script(rune) is { } script) counts[script] = counts.GetValueOrDefault(script) + 1;
        return counts;
    }

    private static string? Script(Rune rune) => rune.Value switch
    {
        _ when !Rune.IsLetter(rune) => null,
        < 0x250 or (>= 0x1E00 and < 0x1F00) => "latin",
        >= 0x370 and < 0x400 or (>= 0x1F00 and < 0x2000) => "greek",
        >= 0x400 and < 0x530 => "cyrillic",
        >= 0x590 and < 0x600 => "hebrew",
        (>= 0x600 and < 0x780) or (>= 0xFB50 and < 0xFE00) or (>= 0xFE70 and < 0xFF00) => "arabic",
        >= 0x900 and < 0x980 => "devanagari",
        >= 0xE00 and < 0xE80 => "thai",
        (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xD7B0) => "hangul",
        >= 0x3041 and < 0x3100 => "kana",
        (>= 0x3400 and < 0xA000) or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x40000) => "han",
        _ => "other",
    };
}
