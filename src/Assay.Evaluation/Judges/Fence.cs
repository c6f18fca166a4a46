using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Evaluation;

/// <summary>Keeps what was written by others apart from what the judge is told: blocks between markers that nobody could have known.</summary>
internal sealed class Fence
{
    public const string Placeholder = "{marker}";

    private Fence(string marker) => Marker = marker;

    public string Marker { get; }

    /// <summary>A marker of this call: it hashes the seed and all that is fenced, so no fenced text can hold it but by a break of SHA-256, and
    /// a call that is repeated word for word can still be answered from a cache.</summary>
    public static Fence For(long seed, IReadOnlyCollection<string> fenced)
    {
        for (var round = 0; ; round++)
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{seed}|{round}");
            foreach (var part in fenced) text.Append(CultureInfo.InvariantCulture, $"|{part.Length}|").Append(part);
            var marker = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
            if (fenced.All(part => !part.Contains(marker, StringComparison.OrdinalIgnoreCase))) return new Fence(marker);
        }
    }

    public static Fence Named(string marker) => new(marker);

    public string Block(string name, string text) => $"[BEGIN {name} {Marker}]\n{Escape(text)}\n[END {name} {Marker}]\n";

    /// <summary>Servers may take the control tokens of chat templates for real even inside a message: they are broken up, visibly.</summary>
    public static string Escape(string text) => text
        .Replace("<|", "< |", StringComparison.Ordinal).Replace("|>", "| >", StringComparison.Ordinal)
        .Replace("[INST]", "[ INST ]", StringComparison.OrdinalIgnoreCase).Replace("[/INST]", "[ /INST ]", StringComparison.OrdinalIgnoreCase)
        .Replace("<<SYS>>", "< <SYS> >", StringComparison.OrdinalIgnoreCase).Replace("<</SYS>>", "< </SYS> >", StringComparison.OrdinalIgnoreCase)
        .Replace("<start_of_turn>", "< start_of_turn >", StringComparison.OrdinalIgnoreCase).Replace("<end_of_turn>", "< end_of_turn >", StringComparison.OrdinalIgnoreCase);
}
