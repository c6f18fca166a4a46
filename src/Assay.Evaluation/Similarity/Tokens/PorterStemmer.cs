namespace Assay.Evaluation.Similarity;

/// <summary>Porter's stemmer for English.</summary>
/// <remarks>M. F. Porter (1980), An algorithm for suffix stripping, Program 14(3), 130–137, doi:10.1108/eb046814, with the author's later changes: words of 1 or 2 letters stay, (m &gt; 0) BLI → BLE and LOGI → LOG in step 2.
/// For lower-cased words; what holds anything but a to z is left as it is.</remarks>
internal static class PorterStemmer
{
    private static readonly (string From, string To)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
        ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
    ];

    private static readonly (string From, string To)[] Step3 = [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] Step4 =
        ["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"];

    public static string Stem(string word)
    {
        if (word.Length <= 2 || !word.All(c => c is >= 'a' and <= 'z')) return word;
        word = Plural(word);
        word = PastOrGerund(word);
        if (word.EndsWith('y') && HasVowel(word.AsSpan(0, word.Length - 1))) word = word[..^1] + "i";
        word = Replace(word, Step2);
        word = Replace(word, Step3);
        word = Drop(word);
        if (word.EndsWith('e') && Measure(word.AsSpan(0, word.Length - 1)) is var m && (m > 1 || (m == 1 && !EndsShort(word.AsSpan(0, word.Length - 1))))) word = word[..^1];
        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word.AsSpan(0, word.Length - 1)) > 1 ? word[..^1] : word;
    }

    // Step 1a.
    private static string Plural(string word) =>
        Ends(word, "sses") || Ends(word, "ies") ? word[..^2] : Ends(word, "s") && !Ends(word, "ss") ? word[..^1] : word;

    // Step 1b.
    private static string PastOrGerund(string word)
    {
        if (Ends(word, "eed")) return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? word[..^1] : word;
        var stem = Ends(word, "ed") ? word[..^2] : Ends(word, "ing") ? word[..^3] : null;
        if (stem is null || !HasVowel(stem)) return word;
        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz")) return stem + "e";
        if (stem.Length > 1 && stem[^1] == stem[^2] && IsConsonant(stem, stem.Length - 1) && stem[^1] is not ('l' or 's' or 'z')) return stem[..^1];
        return Measure(stem) == 1 && EndsShort(stem) ? stem + "e" : stem;
    }

    // Steps 2 and 3: the longest suffix that the word has decides, whether its condition holds or not.
    private static string Replace(string word, (string From, string To)[] rules)
    {
        (string From, string To)? found = null;
        foreach (var rule in rules)
            if (Ends(word, rule.From) && rule.From.Length > (found?.From.Length ?? 0)) found = rule;
        return found is { } one && Measure(word.AsSpan(0, word.Length - one.From.Length)) > 0 ? word[..^one.From.Length] + one.To : word;
    }

    // Step 4. "sion" and "tion" lose "ion" only.
    private static string Drop(string word)
    {
        var found = "";
        foreach (var suffix in Step4)
            if (Ends(word, suffix) && suffix.Length > found.Length) found = suffix;
        var cut = found is "sion" or "tion" ? 3 : found.Length;
        return found.Length > 0 && Measure(word.AsSpan(0, word.Length - cut)) > 1 ? word[..^cut] : word;
    }

    private static bool Ends(string word, string suffix) => word.EndsWith(suffix, StringComparison.Ordinal);

    private static bool IsConsonant(ReadOnlySpan<char> word, int i) => word[i] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => i == 0 || !IsConsonant(word, i - 1),
        _ => true,
    };

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
            if (!IsConsonant(word, i)) return true;
        return false;
    }

    /// <summary>m of [C](VC)^m[V]: how often a vowel is followed by a consonant.</summary>
    private static int Measure(ReadOnlySpan<char> word)
    {
        var m = 0;
        for (var i = 1; i < word.Length; i++)
            if (IsConsonant(word, i) && !IsConsonant(word, i - 1)) m++;
        return m;
    }

    /// <summary>Consonant, vowel, consonant that is not w, x or y ("-wil", "-hop").</summary>
    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length >= 3 && IsConsonant(word, word.Length - 3) && !IsConsonant(word, word.Length - 2) && IsConsonant(word, word.Length - 1) && word[^1] is not ('w' or 'x' or 'y');
}
