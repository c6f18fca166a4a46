namespace Assay.Cli.Demo;

/// <summary>The demo's own folder: definitions that the user may read and change, and the stores. An earlier demo's is replaced, anything else is left alone.</summary>
internal sealed class DemoFiles
{
    private const string Marker = ".assay-demo";

    private DemoFiles(string root) => Root = root;

    public string Root { get; }
    public string Definitions => Path.Combine(Root, "definitions");
    public string Data => Path.Combine(Root, "data");
    public string Experiment => Path.Combine(Definitions, "experiment.yaml");

    /// <exception cref="UsageException">The folder holds something that no demo made.</exception>
    public static DemoFiles Create(string folder, Uri simulatedUpstream)
    {
        var root = Path.GetFullPath(folder);
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            if (!File.Exists(Path.Combine(root, Marker)))
                throw new UsageException($"{root} is not empty and was not made by the demo", "name another folder with --data");
            Directory.Delete(root, recursive: true);
        }
        var files = new DemoFiles(root);
        Directory.CreateDirectory(Path.Combine(files.Definitions, "prompts"));
        File.WriteAllText(Path.Combine(root, Marker), "Made by `assay demo`, which replaces this folder when it runs again.\n");
        File.WriteAllText(files.Experiment, Resource("experiment.yaml"));
        File.WriteAllText(Path.Combine(files.Definitions, "prompts", "b.md"), Resource("b.md"));
        File.WriteAllText(Path.Combine(files.Definitions, "upstreams.yaml"),
            $"# The demo's simulated model; it is gone when the demo ends. Put a real endpoint here to go on.\nupstreams:\n  simulated: {{ baseUrl: \"{simulatedUpstream}\" }}\n");
        return files;
    }

    private static string Resource(string name)
    {
        using var stream = typeof(DemoFiles).Assembly.GetManifestResourceStream("demo/" + name)
            ?? throw new InvalidOperationException($"the demo's {name} is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
