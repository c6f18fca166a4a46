namespace Assay.Analysis;

/// <summary>Two treatments, in no order.</summary>
public readonly record struct VariantPair(string First, string Second)
{
    public bool Holds(string a, string b) => (First == a && Second == b) || (First == b && Second == a);
}
