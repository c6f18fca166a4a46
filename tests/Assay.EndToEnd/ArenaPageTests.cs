using System.Globalization;
using System.Text;

namespace Assay.EndToEnd;

/// <summary>The arena's page in a real browser, with a thousand cases and answers that would break out of it.</summary>
[Trait("Kind", "end to end")]
public sealed class ArenaPageTests
{
    [Fact]
    public async Task Page_ThousandCases_FiltersDiffsAndRunsNothingOfTheAnswers()
    {
        using var folder = new TemporaryFolder();
        StringBuilder cases = new(), old = new(), @new = new();
        for (var i = 0; i < 1000; i++)
        {
            cases.Append(CultureInfo.InvariantCulture, $$"""{"id":"c{{i}}","input":"Question {{i}} <script>window.broken = 1</script>","expected":"{{i}}","tags":["{{(i % 2 == 0 ? "even" : "odd")}}"]}""").Append('\n');
            old.Append(CultureInfo.InvariantCulture, $$"""{"id":"c{{i}}","output":"I believe the answer is {{i}}","latencyMs":{{100 + i % 300}}}""").Append('\n');
            @new.Append(CultureInfo.InvariantCulture, $$"""{"id":"c{{i}}","output":"</script><img src=x onerror='window.broken = 2'> surely the answer is {{(i % 10 == 0 ? i + 1 : i)}}","latencyMs":{{100 + i % 200}}}""").Append('\n');
        }
        folder.File("cases.jsonl", cases.ToString());
        folder.File("old.jsonl", old.ToString());
        folder.File("new.jsonl", @new.ToString());
        folder.File("suite.yaml", """
            suite: big
            variants: [ { key: old, outputs: old.jsonl }, { key: new, outputs: new.jsonl } ]
            cases: cases.jsonl
            checks: [ { type: numeric, metric: solved } ]
            gate: { primary: solved, margin: 0.02 }
            """);
        var page = folder.Combine("report.html");
        var (code, _, error) = await AssayProcess.RunAsync(["arena", "run", folder.Combine("suite.yaml"), "--out", folder.Combine("out"), "--html", page]);
        Assert.True(code == 1, error);
        Assert.DoesNotContain("http://", (await File.ReadAllTextAsync(page)).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);

        await using var browser = await Browser.OpenAsync(new Uri(page));
        async Task<string> TextAsync(string id) => (await browser.EvaluateAsync($"document.getElementById('{id}').textContent")).GetString()!;
        async Task<int> CountAsync(string selector) => (await browser.EvaluateAsync($"document.querySelectorAll('{selector}').length")).GetInt32();
        async Task SetAsync(string id, string value) => await browser.EvaluateAsync($"(() => {{ const e = document.getElementById('{id}'); if (e.type === 'checkbox') e.checked = {(value == "on" ? "true" : "false")}; else e.value = '{value}'; e.dispatchEvent(new Event('input')); }})()");
        Assert.Equal("fail", await TextAsync("outcome"));
        Assert.Equal("1000 of 1000, page 1 of 40", await TextAsync("count"));
        Assert.Equal(25, await CountAsync("article"));
        Assert.True(await CountAsync("#comparisons svg") >= 1);
        Assert.True(await CountAsync("#charts svg") >= 1);

        await SetAsync("show", "worse");
        Assert.Equal("100 of 1000, page 1 of 4", await TextAsync("count"));
        await SetAsync("tag", "odd");
        Assert.Equal("0 of 1000, page 1 of 1", await TextAsync("count"));
        await SetAsync("show", "all");
        await SetAsync("tag", "");
        await SetAsync("search", "question 123 ");
        Assert.Equal("1 of 1000, page 1 of 1", await TextAsync("count"));
        Assert.Equal(0, await CountAsync("article ins"));
        await SetAsync("diff", "on");
        Assert.True(await CountAsync("article ins") >= 1);
        Assert.True(await CountAsync("article del") >= 1);

        Assert.Equal("undefined", (await browser.EvaluateAsync("typeof window.broken")).GetString());
        Assert.Equal(0, await CountAsync("article img"));
        // Nothing was fetched: the page is all there is.
        Assert.Equal(0, (await browser.EvaluateAsync("performance.getEntriesByType('resource').length")).GetInt32());
        var light = (await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor")).GetString();
        await browser.EvaluateAsync("document.getElementById('theme').click()");
        Assert.NotEqual(light, (await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor")).GetString());
    }
}
