using System.ClientModel;
using System.Net.Http.Json;
using System.Text.Json;
using Assay.Testing;
using OpenAI;
using OpenAI.Chat;

namespace Assay.EndToEnd;

/// <summary>Recorded solutions of two models, served by two replaying processes, asked through the gateway with OpenAI's SDK; the verdict is read from the store.</summary>
[Trait("Kind", "end to end")]
public sealed class Gsm8kTests
{
    [Fact]
    public async Task Gateway_TwoRecordedModels_ReportEqualsTheFiles()
    {
        var solutions = SharedData.Require("data/gsm8k/example_model_solutions.jsonl");
        using var folder = new TemporaryFolder();
        int portA = AssayProcess.FreePort(), portB = AssayProcess.FreePort(), port = AssayProcess.FreePort();
        folder.File("definitions/experiment.yaml", File.ReadAllText(ExampleFile("gsm8k/experiment.yaml"))
            .Replace("7081", $"{portA}", StringComparison.Ordinal).Replace("7082", $"{portB}", StringComparison.Ordinal));
        using var control = Replay(solutions, "6b_verification", portA);
        using var treatment = Replay(solutions, "175b_finetuning", portB);
        var url = new Uri($"http://127.0.0.1:{port}/");
        using var server = AssayProcess.Start(["serve", "--data", folder.Combine("data"), "--definitions", folder.Combine("definitions"), "--urls", url.ToString(), "--quiet"]);
        await server.WaitUntilServingAsync(new Uri(url, "healthz"));
        await control.WaitUntilServingAsync(new Uri($"http://127.0.0.1:{portA}/"));
        await treatment.WaitUntilServingAsync(new Uri($"http://127.0.0.1:{portB}/"));
        var started = await AssayProcess.RunAsync(["experiments", "start", "gsm8k-verification", "--server", url.ToString()]);
        Assert.True(started.Code == 0, started.Error);

        var rows = File.ReadLines(solutions).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var arms = await AskAsync(url, rows);
        Assert.Equal(1319, rows.Count);

        using var http = new HttpClient { BaseAddress = url };
        // A version is judged once: asking before the last conversation is closed would judge the first 1,208. The definition closes them after 10 s of real time.
        await Task.Delay(TimeSpan.FromSeconds(11));
        var report = await http.GetFromJsonAsync<JsonElement>("api/v1/experiments/gsm8k-verification/report");
        Assert.Equal(1319, report.GetProperty("maturedUnits").GetInt64());
        var metric = report.GetProperty("metrics").EnumerateArray().Single(m => m.GetProperty("metric").GetString() == "solved");
        AssertArm(metric.GetProperty("control"), arms["control"]);
        AssertArm(metric.GetProperty("treatment"), arms["treatment"]);
        Assert.Equal(arms["control"].Count, report.GetProperty("units").GetProperty("control").GetInt32());
        Assert.Equal(arms["treatment"].Average(c => c ? 1.0 : 0) - arms["control"].Average(c => c ? 1.0 : 0), metric.GetProperty("difference").GetDouble(), 12);
        Assert.NotEqual("keep-running", report.GetProperty("verdict").GetProperty("decision").GetString());
    }

    /// <summary>Asks every question as a conversation of its own and posts back whether the answer was correct; returns correctness per arm.</summary>
    private static async Task<Dictionary<string, List<bool>>> AskAsync(Uri url, List<JsonElement> rows)
    {
        var chat = new ChatClient("math-tutor", new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri(url, "v1") });
        using var http = new HttpClient { BaseAddress = url };
        var arms = new Dictionary<string, List<bool>> { ["control"] = [], ["treatment"] = [] };
        await Parallel.ForEachAsync(rows.Index(), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (item, stop) =>
        {
            var (index, row) = item;
            var options = new ChatCompletionOptions { Metadata = { ["conversation_id"] = $"gsm8k-{index}" } };
            ClientResult<ChatCompletion> answer = await chat.CompleteChatAsync([ChatMessage.CreateUserMessage(row.GetProperty("question").GetString()!)], options, stop);
            Assert.True(answer.GetRawResponse().Headers.TryGetValue("x-assay-variant", out var variant));
            Assert.True(answer.GetRawResponse().Headers.TryGetValue("x-assay-generation-id", out var generation));
            var recorded = row.GetProperty(variant == "control" ? "6b_verification" : "175b_finetuning");
            Assert.Equal(recorded.GetProperty("solution").GetString(), answer.Value.Content[0].Text);
            var correct = recorded.GetProperty("is_correct").GetBoolean();
            // Every way of naming the target is used: the generation, the response, the conversation.
            object feedback = (index % 3) switch
            {
                0 => new { type = "outcome", metric = "correct", value = correct, generationId = generation },
                1 => new { type = "outcome", metric = "correct", value = correct, responseId = answer.Value.Id },
                _ => new { type = "outcome", metric = "correct", value = correct, unit = $"gsm8k-{index}" },
            };
            using var posted = await http.PostAsJsonAsync("api/v1/feedback", feedback, stop);
            Assert.Equal(202, (int)posted.StatusCode);
            lock (arms) arms[variant!].Add(correct);
        });
        return arms;
    }

    private static void AssertArm(JsonElement actual, List<bool> expected)
    {
        Assert.Equal(expected.Count, actual.GetProperty("n").GetInt32());
        Assert.Equal(expected.Average(c => c ? 1.0 : 0), actual.GetProperty("value").GetDouble(), 12);
    }

    internal static AssayProcess Replay(string solutions, string model, int port) =>
        AssayProcess.StartAssembly(Path.Combine(AppContext.BaseDirectory, "ReplayUpstream.dll"), [solutions, model, $"http://127.0.0.1:{port}"]);

    internal static string ExampleFile(string name) => Path.Combine(RepositoryRoot.Path, "examples", name);
}
