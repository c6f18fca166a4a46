namespace Assay.Storage.Tests;

/// <summary>A folder of the test's own, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-storage-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, string content)
    {
        var path = File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
