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
        var path = Path.Combine(Path.GetDirectoryName(RepositoryRoot.Path)!, "shared", relativePath);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }
}
