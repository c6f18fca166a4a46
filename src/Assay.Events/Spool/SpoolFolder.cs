using System.Globalization;

namespace Assay.Events;

/// <summary>A folder of segment files <c>00000001.log</c>…, held by a lock file as long as this lives.</summary>
internal sealed class SpoolFolder : ISpoolDisk
{
    private const string LockName = "spool.lock";
    private readonly string folder;
    private readonly FileStream guard;

    public SpoolFolder(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(this.folder);
        try
        {
            // The system releases it with the process, however that ends; the file itself may stay.
            guard = new FileStream(Path.Combine(this.folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException and not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new SpoolInUseException(
                $"The spool in {this.folder} is in use by another Assay server. Stop that server, or give this one its own folder with --data.", e);
        }
    }

    public IReadOnlyList<long> List()
    {
        var segments = new List<long>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.log"))
            if (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var segment)) segments.Add(segment);
        segments.Sort();
        return segments;
    }

    public ISpoolSegment Open(long segment) => new SpoolFile(PathOf(segment), FileMode.Open);

    public ISpoolSegment Create(long segment)
    {
        var file = new SpoolFile(PathOf(segment), FileMode.Create);
        try
        {
            NativeFlush.Folder(folder);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        return file;
    }

    public long LengthOf(long segment)
    {
        var file = new FileInfo(PathOf(segment));
        return file.Exists ? file.Length : 0;
    }

    public void Delete(long segment) => File.Delete(PathOf(segment));

    public void SetAside(long segment) => File.Move(PathOf(segment), PathOf(segment) + ".damaged", overwrite: true);

    public void Dispose() => guard.Dispose();

    private string PathOf(long segment) => Path.Combine(folder, segment.ToString("D8", CultureInfo.InvariantCulture) + ".log");
}
