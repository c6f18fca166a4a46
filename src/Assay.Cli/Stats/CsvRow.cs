using System.Text;

namespace Assay.Cli.Stats;

/// <summary>One row of comma-separated values, quoted fields as in RFC 4180.</summary>
internal static class CsvRow
{
    /// <summary>The next row's fields; null at the end. A quoted field may hold commas, line ends and doubled quotes.</summary>
    public static List<string>? Read(TextReader reader)
    {
        if (reader.Peek() < 0) return null;
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (int next; (next = reader.Read()) >= 0;)
        {
            var c = (char)next;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (reader.Peek() == '"') field.Append((char)reader.Read());
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0) quoted = true;
            else if (c == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (c == '\n') break;
            else if (c != '\r') field.Append(c);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
