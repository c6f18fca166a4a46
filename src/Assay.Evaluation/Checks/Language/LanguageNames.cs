namespace Assay.Evaluation.Checks;

/// <summary>The languages that are told apart, by ISO 639-1 code.</summary>
internal static class LanguageNames
{
    public static readonly string[] All = ["ar", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "th", "tr", "uk", "zh"];
}
