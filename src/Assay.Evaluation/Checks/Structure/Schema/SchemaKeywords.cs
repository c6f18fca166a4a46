using System.Collections.Frozen;

namespace Assay.Evaluation.Checks;

/// <summary>The keywords of draft 2020-12 that are applied, and those that only describe.</summary>
internal static class SchemaKeywords
{
    public static readonly FrozenSet<string> Applied =
    [
        "$ref", "type", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
        "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas",
        "prefixItems", "items", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
    ];

    /// <summary>"format" among them: by the draft it describes, unless a validator says otherwise.</summary>
    public static readonly FrozenSet<string> Described =
        ["$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "format", "contentEncoding", "contentMediaType"];

    /// <summary>Known to the draft and not supported here.</summary>
    public static readonly FrozenSet<string> Unsupported =
        ["unevaluatedProperties", "unevaluatedItems", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "contentSchema", "$recursiveRef", "$recursiveAnchor", "additionalItems", "dependencies"];

    public static readonly string[] Types = ["null", "boolean", "object", "array", "number", "string", "integer"];
}
