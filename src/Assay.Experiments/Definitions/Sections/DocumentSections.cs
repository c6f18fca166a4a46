namespace Assay.Experiments.Reading;

/// <summary>Sorts documents by their top keys and reads what others refer to before what refers to it.</summary>
internal static class DocumentSections
{
    /// <summary>Keys that only an experiment has: a document with one of them lacks its <c>key</c>.</summary>
    private static readonly string[] Telling = ["variants", "plan", "guardrails", "rollout", "hypothesis", "unit", "exposure"];

    public static List<Experiment> Read(List<Document> documents, DefinitionContext context)
    {
        // A folder may hold suites beside experiments; the arena reads those.
        var sections = documents.ConvertAll(d => d.Section).FindAll(s => !s.Has("suite"));
        var shared = sections.ConvertAll(s => (Section: s, IsExperiment: IsExperiment(s)));

        Each("metrics", MetricSection.ReadAll, alsoInExperiments: false);
        Each("data", DataSection.Read);
        Each("upstreams", RoutingSection.ReadUpstreams);
        Each("routes", RoutingSection.ReadRoutes);
        Each("prices", RoutingSection.ReadPrices);

        var experiments = new List<Experiment>();
        var firstLines = new Dictionary<string, (string? File, int Line)>(StringComparer.Ordinal);
        foreach (var (section, isExperiment) in shared)
        {
            if (isExperiment) Add(section);
            else
            {
                if (section.Map("experiment") is { } one) Add(one);
                foreach (var (node, path) in section.List("experiments"))
                    if (Section.Of(node, path, section.Source) is { } item) Add(item);
                section.Finish(key => key is "cases" or "judges" or "checks" or "gate" ? "an arena suite starts with suite: NAME" : null);
            }
        }
        return experiments;

        void Each(string key, Action<Section, DefinitionContext> read, bool alsoInExperiments = true)
        {
            foreach (var (section, isExperiment) in shared)
                if ((alsoInExperiments || !isExperiment) && section.Map(key) is { } part) read(part, context);
        }

        void Add(Section item)
        {
            var experiment = ExperimentSection.Read(item, context);
            item.Finish();
            if (experiment.Key.Length > 0 && !firstLines.TryAdd(experiment.Key, (item.Source.File, item.LineOf("key"))))
            {
                var first = firstLines[experiment.Key];
                item.Error("duplicate-experiment", "key", $"the experiment '{experiment.Key}' is declared twice", $"first at {first.File ?? "line"}:{first.Line}");
            }
            // GrowthBook's namespaces hash differently from our layers: slices of the two would overlap at random.
            if (experiment.Audience.Layer is { } layer && experiments.Find(e => e.Audience.Layer == layer && e.Hash == HashKind.GrowthBookV2 != (experiment.Hash == HashKind.GrowthBookV2)) is { } other)
                item.Error("layer-hash", "audience", $"'{experiment.Key}' and '{other.Key}' share the layer '{layer}' but compute it differently: they would not exclude each other", "growthbook-v2 shares layers only with itself");
            experiments.Add(experiment);
        }
    }

    private static bool IsExperiment(Section section) =>
        section.Has("key") || (!section.Has("experiment") && Telling.Any(t => section.Entries.Any(e => e.Key == t)));
}
