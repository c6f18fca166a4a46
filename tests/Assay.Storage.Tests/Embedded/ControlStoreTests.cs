using Assay.Events;
using Assay.Experiments;

namespace Assay.Storage.Tests.Embedded;

public sealed class ControlStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Save_ThenReopen_GivesAnEqualState()
    {
        var state = State(Definition(0.6), 1) with
        {
            Status = ExperimentStatus.Concluded,
            StartedAt = Given.At(1),
            EndedAt = Given.At(2),
            Conclusion = new Conclusion("ship", "treatment", "we like it", ["latency_p95"], true),
        };
        using (var store = await OpenAsync()) await store.SaveAsync(state, Entry("create"));

        using var reopened = await OpenAsync();
        var found = await reopened.FindAsync("exp");

        Assert.NotNull(found);
        Assert.Equal(state.Experiment.DefinitionHash, found.Experiment.DefinitionHash);
        Assert.Equal(DefinitionWriter.ToJson(state.Experiment), DefinitionWriter.ToJson(found.Experiment));
        Assert.Equal((state.Version, state.Status, state.CreatedAt, state.StartedAt, state.EndedAt), (found.Version, found.Status, found.CreatedAt, found.StartedAt, found.EndedAt));
        Assert.Equal(["latency_p95"], found.Conclusion!.AcceptedGuardrails);
        Assert.Equal(("ship", "treatment", "we like it", true), (found.Conclusion.Outcome, found.Conclusion.Variant, found.Conclusion.Reason, found.Conclusion.AgainstVerdict));
    }

    [Fact]
    public async Task Save_Draft_MayBeReplaced_ButNotAStartedDefinition()
    {
        using var store = await OpenAsync();
        await store.SaveAsync(State(Definition(0.6), 1), Entry("create"));
        var other = State(Definition(0.7), 1);
        await store.SaveAsync(other, Entry("create"));
        await store.SaveAsync(other with { Status = ExperimentStatus.Running, StartedAt = Given.At(5) }, Entry("start"));

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store.SaveAsync(State(Definition(0.6), 1) with { Status = ExperimentStatus.Running, StartedAt = Given.At(5) }, Entry("start")));

        var found = await store.FindAsync("exp");
        Assert.Equal((other.Experiment.DefinitionHash, ExperimentStatus.Running), (found!.Experiment.DefinitionHash, found.Status));
        Assert.Equal(3, (await store.ReadAuditAsync("exp")).Count);
        await store.SaveAsync(other with { Status = ExperimentStatus.Paused, StartedAt = Given.At(5) }, Entry("pause"));
        Assert.Equal(ExperimentStatus.Paused, (await store.FindAsync("exp"))!.Status);
    }

    [Fact]
    public async Task List_GivesTheNewestVersions_OrAll()
    {
        using var store = await OpenAsync();
        await store.SaveAsync(State(Definition(0.6), 1), Entry("create"));
        await store.SaveAsync(State(Definition(0.7), 2), Entry("create"));
        await store.SaveAsync(State(Definition(0.7, "another"), 1), Entry("create"));

        Assert.Equal([("another", 1), ("exp", 2)], (await store.ListAsync()).Select(s => (s.Experiment.Key, s.Version)));
        Assert.Equal([("another", 1), ("exp", 1), ("exp", 2)], (await store.ListAsync(allVersions: true)).Select(s => (s.Experiment.Key, s.Version)));
        Assert.Null(await store.FindAsync("unknown"));
    }

    [Fact]
    public async Task Audit_IsNewestFirst()
    {
        using var store = await OpenAsync();
        await store.SaveAsync(State(Definition(0.6), 1), Entry("create"));
        await store.SaveAsync(State(Definition(0.6), 1) with { Status = ExperimentStatus.Running }, Entry("start"));

        var audit = await store.ReadAuditAsync();

        Assert.Equal([Entry("start"), Entry("create")], audit);
        Assert.Empty(await store.ReadAuditAsync("unknown"));
    }

    [Fact]
    public async Task Routing_IsReplaced_TheFinalReportIsNot()
    {
        using var store = await OpenAsync();
        Assert.Null(await store.ReadRoutingAsync());
        Assert.Null(await store.ReadFinalReportAsync("exp", 1));

        await store.SaveRoutingAsync("{}");
        await store.SaveRoutingAsync("""{"a":1}""");
        await store.SaveFinalReportAsync("exp", 1, "first");
        await store.SaveFinalReportAsync("exp", 1, "second");

        Assert.Equal("""{"a":1}""", await store.ReadRoutingAsync());
        Assert.Equal("first", await store.ReadFinalReportAsync("exp", 1));
        Assert.Null(await store.ReadFinalReportAsync("exp", 2));
    }

    [Fact]
    public async Task Looks_AreKeptOnceAndInOrder()
    {
        using var store = await OpenAsync();
        Assert.Empty(await store.ReadLooksAsync("exp", 1));

        await store.SaveLookAsync("exp", 1, 1, "one");
        await store.SaveLookAsync("exp", 1, 3, "three");
        await store.SaveLookAsync("exp", 1, 3, "again");
        await store.SaveLookAsync("exp", 1, 2, "too late");

        Assert.Equal(["one", "three"], await store.ReadLooksAsync("exp", 1));
        Assert.Empty(await store.ReadLooksAsync("exp", 2));
    }

    [Fact]
    public async Task Open_FileThatIsNoDatabase_NamesTheFile()
    {
        var path = _folder.Write("control.db", new string('x', 10_000));

        var error = await Assert.ThrowsAsync<IOException>(() => SqliteControlStore.OpenAsync(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static AuditEntry Entry(string action) => new(Given.At(3), "ann", action, "exp", 1, null);

    private static ExperimentState State(Experiment experiment, int version) =>
        new() { Experiment = experiment, Version = version, Status = ExperimentStatus.Draft, CreatedAt = Given.At(0) };

    private static Experiment Definition(double weight, string key = "exp")
    {
        var rest = (1 - weight).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
        var result = DefinitionReader.ReadText($$"""
            key: {{key}}
            route: bot
            variants:
              - { key: control, weight: {{weight.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)}}, upstream: openai, model: a, system: "Be helpful." }
              - { key: treatment, weight: {{rest}}, upstream: openai, model: b, parameters: { temperature: 0.3 } }
            metrics: { primary: resolved_here, guardrails: [latency_p95] }
            plan: { minimumEffect: 0.05, baseline: 0.6 }
            ---
            metrics: { resolved_here: { type: proportion, event: resolved, better: higher, window: { to: 1d } } }
            ---
            upstreams: { openai: { baseUrl: "https://example.org/v1" } }
            """);
        Assert.Empty(result.Errors);
        return result.Definitions!.Experiments[0];
    }

    private Task<SqliteControlStore> OpenAsync() => SqliteControlStore.OpenAsync(_folder.File("control.db"));
}
