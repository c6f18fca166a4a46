using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Gateway;

internal static class CompactJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>The element without white space, everything beyond ASCII escaped, so that it fits a header.</summary>
    public static string Ascii(JsonElement element)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options)) element.WriteTo(writer);
        return Encoding.ASCII.GetString(stream.ToArray());
    }
}
