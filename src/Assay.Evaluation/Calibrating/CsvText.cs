using System.Text;

namespace Assay.Evaluation;

/// <summary>RFC 4180: fields between commas, quotes around what holds commas, quotes or line ends.</summary>
internal static class CsvText
{
    /// <summary>Rows with the line that they start on.</summary>
    /// <param name="broken">The line of a quote that is never closed; else null.</param>
    public static List<(int Line, string[] Fields)> Read(string text, out int? broken)
    {
        var rows = new List<(int, string[])>();
        var fields = new List<string>();
        var field = new StringBuilder();
        int line = 1, start = 1, quoteLine = 0;
        bool quoted = false, wasQuoted = false;
        for (var i = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"' && field.ToString().Trim().Length == 0 && !wasQuoted)
            {
                (quoted, wasQuoted, quoteLine) = (true, true, line);
                field.Clear();
            }
            else if (c == ',')
            {
                EndField();
            }
            else if (c == '\n')
            {
                EndRow();
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }
        broken = quoted ? quoteLine : null;
        if (field.Length > 0 || fields.Count > 0 || wasQuoted) EndRow();
        return rows;

        void EndField()
        {
            fields.Add(field.ToString());
            field.Clear();
            wasQuoted = false;
        }

        void EndRow()
        {
            EndField();
            if (fields.Count > 1 || fields[0].Length > 0) rows.Add((start, [.. fields]));
            fields.Clear();
            start = line;
        }
    }
}
