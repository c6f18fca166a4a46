namespace Assay.Experiments;

/// <summary>Order of strings is that of their code points (UTF-8 bytes); booleans know only equality.</summary>
public enum ComparisonOperator { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }
