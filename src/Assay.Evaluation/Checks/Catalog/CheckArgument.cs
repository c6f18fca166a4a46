namespace Assay.Evaluation;

/// <summary>One argument that a kind of check takes.</summary>
/// <param name="Name">As it is written in a suite.</param>
/// <param name="Form">What may stand there: text, number, flag, list of texts, ….</param>
/// <param name="Meaning">In a few words.</param>
/// <param name="Default">What holds when it is left out; null: it is required.</param>
public sealed record CheckArgument(string Name, string Form, string Meaning, string? Default)
{
    public bool IsRequired => Default is null;
}
