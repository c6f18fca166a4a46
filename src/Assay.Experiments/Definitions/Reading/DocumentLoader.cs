namespace Assay.Experiments.Reading;

/// <summary>One document and where it came from.</summary>
internal sealed record Document(Section Section);

/// <summary>Opens files and what they include, each once.</summary>
internal sealed class DocumentLoader(ProblemList problems)
{
    private readonly HashSet<string> opened = new(StringComparer.Ordinal);

    public List<Document> Documents { get; } = [];

    public void LoadFile(string path)
    {
        var full = Path.GetFullPath(path);
        if (!opened.Add(full)) return;
        problems.Opened(path);
        var source = new Source(path, Path.GetDirectoryName(full), problems);
        var text = TextFile.Read(full, out var problem);
        if (text is null) source.Error("file-not-found", 0, "", $"cannot read '{path}': {problem}");
        else Load(text, source);
    }

    public void LoadText(string text, string? fileName, string? directory)
    {
        problems.Opened(fileName);
        Load(text, new Source(fileName, directory, problems));
    }

    private void Load(string text, Source source)
    {
        var roots = NodeText.Read(text, source);
        foreach (var root in roots)
        {
            if (Section.Of(root, "", source) is not { } section) continue;
            Documents.Add(new Document(section));
            foreach (var (item, path) in section.List("include", orOne: true)) Include(item, path, source);
        }
        if (roots.Count == 0 && !problems.HasErrors) source.Error("empty", 0, "", "there is no definition here");
    }

    private void Include(Node item, string path, Source source)
    {
        var reference = Section.Text(item, path, source);
        if (reference is null) return;
        if (source.Directory is not null && opened.Contains(Path.GetFullPath(Path.Combine(source.Directory, reference)))) return;
        var text = source.ReadReferenced(reference, item.Line, path, out var name);
        if (text is null) return;
        var full = Path.GetFullPath(Path.Combine(source.Directory!, reference));
        opened.Add(full);
        problems.Opened(name);
        Load(text, new Source(name, Path.GetDirectoryName(full), problems));
    }
}
