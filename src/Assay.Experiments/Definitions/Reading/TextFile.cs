namespace Assay.Experiments.Reading;

/// <summary>Files that people write: small texts.</summary>
internal static class TextFile
{
    private const long LargestBytes = 16 << 20;

    /// <summary>The content with LF line ends, or null and why not.</summary>
    public static string? Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists) problem = Directory.Exists(path) ? "it is a directory" : "there is no such file";
            else if (info.Length > LargestBytes) problem = "it is larger than 16 MB";
            else return File.ReadAllText(path).ReplaceLineEndings("\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            problem = e.Message;
        }
        return null;
    }
}
