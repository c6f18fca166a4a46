using System.Globalization;
using System.Text;

namespace Assay.Evaluation.Cases;

/// <summary>Comma-separated text (RFC 4180): quoted fields may hold commas, quotes and line ends. Knows the line of every row.</summary>
internal static class CsvTable
{
    public sealed record Row(int Line, IReadOnlyList<string> Fields);

    /// <summary>The rows, the header first; what is malformed is reported with its line.</summary>
    public static List<Row> Read(string text, Action<int, string> report)
    {
        var rows = new List<Row>();
        var fields = new List<string>();
        var field = new StringBuilder();
        int line = 1, start = 1, quoteLine = 0;
        bool quoted = false, any = false;
        if (text.Length > 0 && text[0] == '\uFEFF') text = text[1..];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
                continue;
            }
            switch (c)
            {
                case '"' when field.Length == 0:
                    quoted = any = true;
                    quoteLine = line;
                    break;
                case ',':
                    fields.Add(field.ToString());
                    field.Clear();
                    any = true;
                    break;
                case '\n':
                    End();
                    start = line;
                    break;
                case '\r':
                    break;
                default:
                    field.Append(c);
                    any = true;
                    break;
            }
        }
        if (quoted) report(quoteLine, "a quoted field that starts here is never closed");
        End();
        return rows;

        void End()
        {
            if (any || fields.Count > 0 || field.Length > 0)
            {
                fields.Add(field.ToString());
                rows.Add(new Row(start, [.. fields]));
            }
            fields.Clear();
            field.Clear();
            any = false;
        }
    }

    /// <summary>Reports rows with another number of fields than the header.</summary>
    public static IEnumerable<Row> Even(List<Row> rows, Action<int, string> report)
    {
        var width = rows[0].Fields.Count;
        foreach (var row in rows.Skip(1))
        {
            if (row.Fields.Count == width) yield return row;
            else report(row.Line, string.Create(CultureInfo.InvariantCulture, $"this row has {row.Fields.Count} fields, the header has {width}"));
        }
    }
}
