namespace Assay.Evaluation;

/// <summary>Which models are kin: the leading letters of the name behind the vendor (gpt-4o-mini and openai/gpt-3.5 are "gpt").</summary>
internal static class ModelFamily
{
    public static string Of(string model)
    {
        var name = model[(model.LastIndexOf('/') + 1)..];
        var letters = 0;
        while (letters < name.Length && char.IsLetter(name[letters])) letters++;
        return (letters == 0 ? name : name[..letters]).ToUpperInvariant();
    }

    public static bool Same(string a, string b) => Of(a) == Of(b);
}
