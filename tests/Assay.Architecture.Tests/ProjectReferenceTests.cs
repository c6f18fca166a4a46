using System.Xml.Linq;
using Assay.Testing;

namespace Assay.Architecture.Tests;

/// <summary>Holds the table of docs/architecture.md: which project may reference which.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Assay.Statistics"] = [],
        ["Assay.Experiments"] = [],
        ["Assay.Events"] = ["Assay.Experiments"],
        ["Assay.DuckDb"] = [],
        ["Assay.Storage"] = ["Assay.Events", "Assay.DuckDb"],
        ["Assay.Analysis"] = ["Assay.Statistics", "Assay.Events"],
        ["Assay.Evaluation"] = ["Assay.Statistics", "Assay.Experiments"],
        ["Assay.Gateway"] = ["Assay.Experiments", "Assay.Events"],
        ["Assay.Server"] = ["Assay.Statistics", "Assay.Experiments", "Assay.Events", "Assay.Storage", "Assay.Analysis", "Assay.Gateway"],
        ["Assay.Cli"] = ["Assay.Statistics", "Assay.Experiments", "Assay.Events", "Assay.Storage", "Assay.Analysis", "Assay.Evaluation", "Assay.Gateway", "Assay.Server"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["Assay.Statistics"] = ["MathNet.Numerics"],
        ["Assay.Experiments"] = ["YamlDotNet"],
        ["Assay.Events"] = [],
        ["Assay.DuckDb"] = [],
        ["Assay.Analysis"] = [],
        ["Assay.Evaluation"] = ["Microsoft.Extensions.AI.Abstractions"],
        ["Assay.Gateway"] = [],
    };

    [Fact]
    public void EveryProject_IsInTheTable()
    {
        var found = Projects().Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public void ProjectReferences_AreAllowed()
    {
        var wrong = from path in Projects()
                    let name = Path.GetFileNameWithoutExtension(path)
                    from reference in Items(path, "ProjectReference").Select(Path.GetFileNameWithoutExtension)
                    where !Allowed[name].Contains(reference)
                    select $"{name} -> {reference}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void PackagesOfPureProjects_AreAllowed()
    {
        var wrong = from path in Projects()
                    let name = Path.GetFileNameWithoutExtension(path)
                    where AllowedPackages.ContainsKey(name)
                    from package in Items(path, "PackageReference")
                    where !AllowedPackages[name].Contains(package)
                    select $"{name} -> {package}";
        Assert.Empty(wrong);
    }

    private static string[] Projects() =>
        Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories);

    private static IEnumerable<string> Items(string path, string kind) =>
        XDocument.Load(path).Descendants(kind).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));
}
