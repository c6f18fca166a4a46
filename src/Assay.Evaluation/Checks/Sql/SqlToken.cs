namespace Assay.Evaluation.Checks;

internal enum SqlTokenKind
{
    Word,
    QuotedName,
    Text,
    Number,
    Parameter,
    Operator,
    Open,
    Close,
    Comma,
    Dot,
    Star,
    Semicolon,
}

/// <summary>A token of SQL; words in upper case.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Line)
{
    public bool Is(string word) => Kind == SqlTokenKind.Word && Text == word;
}
