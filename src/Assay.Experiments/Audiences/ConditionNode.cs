using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>The parsed form of a condition; public so that stores can translate it. Logic is three-valued, as in SQL: see <see cref="AudienceCondition"/>.</summary>
public abstract record ConditionNode
{
    private protected ConditionNode() { }
}

/// <summary>Both hold.</summary>
public sealed record AndCondition(ConditionNode Left, ConditionNode Right) : ConditionNode;

/// <summary>At least one holds.</summary>
public sealed record OrCondition(ConditionNode Left, ConditionNode Right) : ConditionNode;

/// <summary>The operand does not hold; unknown stays unknown.</summary>
public sealed record NotCondition(ConditionNode Operand) : ConditionNode;

/// <summary>An attribute against a literal; unknown when the attribute is missing or of another type. A bare name is <c>name == true</c>.</summary>
public sealed record CompareCondition(string Attribute, ComparisonOperator Operator, ConditionLiteral Value) : ConditionNode
{
    internal string[]? Path { get; } = AttributePath.Split(Attribute);
}

/// <summary>Equal to one of the literals; unknown when the attribute is missing or its type is none of theirs. <c>not in</c> is its negation.</summary>
public sealed record InCondition(string Attribute, ImmutableArray<ConditionLiteral> Values) : ConditionNode
{
    internal string[]? Path { get; } = AttributePath.Split(Attribute);
}

/// <summary>The attribute is there and not null; never unknown. <c>x != null</c> is the same, <c>x == null</c> its negation.</summary>
public sealed record ExistsCondition(string Attribute) : ConditionNode
{
    internal string[]? Path { get; } = AttributePath.Split(Attribute);
}

internal static class AttributePath
{
    public static string[]? Split(string name) => name.Contains('.', StringComparison.Ordinal) ? name.Split('.') : null;
}
