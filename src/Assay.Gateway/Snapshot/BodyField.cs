using System.Text.Json;

namespace Assay.Gateway;

/// <summary>A top-level field of a request body and the JSON to put there.</summary>
internal sealed class BodyField(string name, byte[] value)
{
    public string Name { get; } = name;

    /// <summary>The name as JSON, quoted and followed by a colon.</summary>
    public byte[] EncodedName { get; } = [(byte)'"', .. JsonEncodedText.Encode(name).EncodedUtf8Bytes, (byte)'"', (byte)':'];
    public byte[] Value { get; } = value;
}
