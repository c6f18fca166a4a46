namespace Assay.Testing;

/// <summary>Finds the reference data that stands beside the checkout; tests that need it skip themselves when it is absent.</summary>
internal static class SharedData
{
    /// <summary>Full path of a file under <c>../shared</c>; skips the running test when it is not there.</summary>
    public static string Require(string relativePath)
    {
        var path = Find(relativePath);
        if (path is null) Assert.Skip($"../shared/{relativePath} is not here");
        return path;
    }

    private static string? Find(string relativePath)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Assay.slnx"))) continue;
            var path = Path.Combine(folder.Parent!.FullName, "shared", relativePath);
            return File.Exists(path) || Directory.Exists(path) ? path : null;
        }
        return null;
    }
}
