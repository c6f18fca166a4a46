using System.Globalization;

namespace Assay.Experiments.Reading;

/// <summary>The documents <c>upstreams</c>, <c>routes</c> and <c>prices</c>.</summary>
internal static class RoutingSection
{
    public static void ReadUpstreams(Section section, DefinitionContext context)
    {
        foreach (var (name, item) in Named(section, "upstream", context.Upstreams.ContainsKey))
        {
            context.Broken.Add("upstream " + name);
            var baseUrl = item.RequiredText("baseUrl");
            var keyEnv = item.Text("keyEnv");
            item.Finish(key => key is "key" or "apiKey" ? "keys never stand in definitions: name the environment variable that holds it with keyEnv" : null);
            if (baseUrl is null) continue;
            if (Uri.TryCreate(baseUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") context.Upstreams[name] = new Upstream(name, uri, keyEnv);
            else item.Error("url", "baseUrl", $"'{baseUrl}' is not an absolute http or https URL", "for example https://api.openai.com/v1");
        }
    }

    /// <summary>After all upstreams are known.</summary>
    public static void ReadRoutes(Section section, DefinitionContext context)
    {
        foreach (var (name, item) in Named(section, "route", context.Routes.ContainsKey))
        {
            var upstream = item.RequiredText("upstream");
            var model = item.Text("model");
            item.Finish();
            if (upstream is null) continue;
            context.CheckUpstream(upstream, item.Source, item.LineOf("upstream"), item.PathOf("upstream"));
            context.Routes[name] = new Route(name, upstream, model);
        }
    }

    public static void ReadPrices(Section section, DefinitionContext context)
    {
        foreach (var model in section.Entries.Select(e => e.Key).Where(k => !k.StartsWith("x-", StringComparison.Ordinal)))
        {
            foreach (var (node, path) in section.List(model, orOne: true))
            {
                if (Section.Of(node, path, section.Source) is not { } item) continue;
                double? Price(string key) => item.Number(key, n => n >= 0, "a number of US dollars, not negative");
                var (input, cached, output, gpu) = (Price("inputPer1M"), Price("cachedInputPer1M"), Price("outputPer1M"), Price("gpuUsdPerHour"));
                var from = item.Text("from");
                DateOnly? day = null;
                if (from is not null && DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) day = parsed;
                else if (from is not null) item.Error("date", "from", $"'{from}' is not a day", "write 2024-07-18");
                item.Finish();
                if (input is null && output is null && gpu is null) item.Warning("price-empty", "inputPer1M", $"the price of '{model}' says nothing: its cost stays not estimable");
                if (context.Prices.Exists(p => p.Model == model && p.From == day)) item.Error("duplicate-price", "from", $"the price of '{model}' is declared twice for the same day");
                else context.Prices.Add(new ModelPrice(model, input, cached, output, gpu, day));
            }
        }
    }

    private static IEnumerable<(string Name, Section Item)> Named(Section section, string kind, Func<string, bool> isTaken)
    {
        foreach (var entry in section.Entries)
        {
            if (entry.Key.StartsWith("x-", StringComparison.Ordinal)) continue;
            if (isTaken(entry.Key)) section.Error("duplicate-" + kind, entry.Key, $"the {kind} '{entry.Key}' is declared twice");
            else if (section.Take(entry.Key) is null) section.Error("wrong-type", entry.Key, $"the {kind} '{entry.Key}' is empty");
            else if (section.Map(entry.Key) is { } item) yield return (entry.Key, item);
        }
    }
}
