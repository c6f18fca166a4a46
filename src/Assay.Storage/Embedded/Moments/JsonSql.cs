namespace Assay.Storage;

/// <summary>Reading of attributes, which are flat JSON objects in a text column.</summary>
internal static class JsonSql
{
    /// <summary>An attribute's value as text; NULL when it is absent or null. A name with dots is looked for as it is, then as a path.</summary>
    public static string Text(string column, string attribute, SqlParameters values) => Either(attribute, path => $"json_extract_string({column}, {values.Add(path)})");

    /// <summary>The JSON type of an attribute's value, as DuckDB names it.</summary>
    public static string Type(string column, string attribute, SqlParameters values) => Either(attribute, path => $"json_type({column}, {values.Add(path)})");

    /// <summary>The JSON pointer (RFC 6901) of a property.</summary>
    public static string Pointer(string property) => "/" + Escape(property);

    private static string Either(string attribute, Func<string, string> read)
    {
        var whole = Pointer(attribute);
        return attribute.Contains('.', StringComparison.Ordinal)
            ? $"coalesce({read(whole)}, {read(string.Concat(attribute.Split('.').Select(Pointer)))})"
            : read(whole);
    }

    private static string Escape(string part) => part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
