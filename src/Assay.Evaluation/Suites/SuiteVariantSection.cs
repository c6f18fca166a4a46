using System.Collections.Immutable;
using System.Text.Json;
using Assay.Evaluation.Cases;
using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>One entry of a suite's <c>variants</c>: what an experiment's variant has, or an application, or a recording.</summary>
internal static class SuiteVariantSection
{
    public static SuiteVariant? Read(Node node, string path, Source source, HashSet<string> keys, DefinitionContext context, SuiteServices services)
    {
        if (Section.Of(node, path, source) is not { } item) return null;
        // Weights split live traffic; offline every variant answers every case.
        item.Take("weight");
        item.Take("ranges");
        var settings = VariantSection.ReadSettings(item, keys, context);
        var variant = new SuiteVariant
        {
            Settings = settings,
            Prompt = Prompt(item),
            Http = Http(item),
            Command = Command(item),
            OutputsFile = item.Text("outputs"),
            Outputs = item.Has("outputs") ? RecordedAnswersFile.Read(item, services.Tables) : null,
        };
        variant = Context(item, variant, services.Tables);
        item.Finish();
        CheckKind(item, variant, source);
        return variant;
    }

    private static void CheckKind(Section item, SuiteVariant variant, Source source)
    {
        var kinds = ((string[])["http", "command", "outputs"]).Where(item.Has).ToList();
        if (kinds.Count > 1) item.Error("variant-kinds", kinds[1], $"a variant is one of http, command and outputs, not {string.Join(" and ", kinds)}");
        if (kinds.Count > 0)
        {
            foreach (var key in (string[])["upstream", "model", "system", "parameters", "tools", "prompt"])
                if (item.Has(key)) item.Error("variant-kinds", key, $"{key} has no effect beside {kinds[0]}", "remove it, or leave the model to Assay");
            return;
        }
        if (variant.Settings.Upstream is null) item.Missing("upstream", "or http, command or outputs");
        if (variant.Settings.Model is null) item.Missing("model");
        if (variant.Settings.Upstream is null || variant.Settings.Model is null) source.Error("variant-incomplete", item.Line, item.Path, $"'{variant.Key}' needs an upstream and a model, or http, command or outputs");
    }

    private static ImmutableArray<ChatTurn> Prompt(Section item)
    {
        var node = item.Take("prompt");
        if (node is null) return [];
        if (node is SequenceNode turns) return PromptTurns.Read(turns, item.PathOf("prompt"), item.Source);
        if (node is ScalarNode text) return [new ChatTurn("user", text.Value)];
        if (item.Map("prompt") is not { } map) return [];
        var file = map.RequiredText("file");
        map.Finish();
        return file is null ? [] : PromptTurns.ReadFile(file, map.LineOf("file"), map.PathOf("file"), item.Source);
    }

    private static HttpApplication? Http(Section item)
    {
        if (item.Map("http") is not { } http) return null;
        var url = http.RequiredText("url");
        JsonElement? body = http.Take("body") is { } template ? NodeJson.ToElement(template) : null;
        var application = Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new HttpApplication(uri, body, http.Text("answerPath"), http.Text("contextPath"), http.Text("keyEnv")) : null;
        foreach (var key in (string[])["answerPath", "contextPath", "keyEnv"]) http.Take(key);
        if (url is not null && application is null) http.Error("url", "url", $"'{url}' is not an absolute http or https URL");
        http.Finish();
        return application;
    }

    private static CommandApplication? Command(Section item)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        foreach (var (node, path) in item.List("command", orOne: true))
            if (Section.Text(node, path, item.Source) is { } text)
                parts.AddRange(item.Take("command") is SequenceNode ? [text] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return parts.Count == 0 ? null : new CommandApplication(parts.ToImmutable());
    }

    private static SuiteVariant Context(Section item, SuiteVariant variant, ICaseTables? tables)
    {
        var node = item.Take("context");
        if (node is null) return variant;
        if (node is SequenceNode list) return variant with { Context = [.. list.Items.Select(CaseSection.TextOf)] };
        if (node is not ScalarNode file)
        {
            item.Error("wrong-type", "context", "context is a list of documents, or a file with a row {id, context} per case");
            return variant;
        }
        if (CaseFiles.Read(file.Value, node.Line, item.PathOf("context"), item.Source, tables, out var source) is not { } read) return variant;
        var documents = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var row in read.Rows)
        {
            if (Section.Of(row, "", source) is not { } section) continue;
            var id = section.RequiredText("id");
            var texts = section.List("context", orOne: true).Select(d => CaseSection.TextOf(d.Node)).ToImmutableArray();
            section.Finish();
            if (id is not null && !documents.TryAdd(id, texts)) section.Error("duplicate-case", "id", $"the case '{id}' stands here twice");
        }
        return variant with { ContextByCase = documents.ToImmutable() };
    }
}
