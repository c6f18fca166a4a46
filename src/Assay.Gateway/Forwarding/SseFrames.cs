namespace Assay.Gateway;

/// <summary>Finds the frames of a server-sent event stream.</summary>
internal static class SseFrames
{
    /// <summary>Length of the first frame with its blank line; 0 when none is complete yet.</summary>
    public static int LengthOfFirst(ReadOnlySpan<byte> bytes)
    {
        var searched = 0;
        while (true)
        {
            var at = bytes[searched..].IndexOfAny((byte)'\n', (byte)'\r');
            if (at < 0) return 0;
            var end = AfterLineEnd(bytes, searched + at);
            if (end < 0 || end >= bytes.Length) return 0;
            if (bytes[end] is (byte)'\n' or (byte)'\r')
            {
                var blank = AfterLineEnd(bytes, end);
                // A lone CR at the end may be half of CRLF; a frame that ends there is complete either way.
                return blank < 0 ? bytes.Length : blank;
            }
            searched = end;
        }
    }

    /// <summary>The data of a frame: of its first <c>data</c> line, since every chunk of this protocol is one line; empty without one.</summary>
    public static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> frame)
    {
        while (!frame.IsEmpty)
        {
            var at = frame.IndexOfAny((byte)'\n', (byte)'\r');
            var line = at < 0 ? frame : frame[..at];
            if (line.StartsWith("data:"u8)) return line[5..].Trim((byte)' ');
            frame = at < 0 ? default : frame[(at + 1)..];
        }
        return default;
    }

    /// <summary>Index after the line end at <paramref name="at"/>; -1 when that is a CR that may yet be followed by its LF.</summary>
    private static int AfterLineEnd(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes[at] == '\n') return at + 1;
        if (at + 1 >= bytes.Length) return -1;
        return bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }
}
