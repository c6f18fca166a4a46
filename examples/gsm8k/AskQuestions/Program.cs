// An application as it might be yours: AskQuestions SOLUTIONS.jsonl SERVER
// It asks every question through the gateway with OpenAI's SDK, a conversation each, and posts back whether the answer was right.
using System.ClientModel;
using System.Net.Http.Json;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;

if (args.Length != 2)
{
    await Console.Error.WriteLineAsync("usage: AskQuestions SOLUTIONS.jsonl SERVER");
    return 2;
}
var server = new Uri(args[1].TrimEnd('/') + "/");
var chat = new ChatClient("math-tutor", new ApiKeyCredential("none-needed"), new OpenAIClientOptions { Endpoint = new Uri(server, "v1") });
using var http = new HttpClient { BaseAddress = server };
var asked = 0;
await Parallel.ForEachAsync(File.ReadLines(args[0]).Index(), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (item, stop) =>
{
    using var row = JsonDocument.Parse(item.Item);
    var options = new ChatCompletionOptions { Metadata = { ["conversation_id"] = $"gsm8k-{item.Index}" } };
    ClientResult<ChatCompletion> answer = await chat.CompleteChatAsync([ChatMessage.CreateUserMessage(row.RootElement.GetProperty("question").GetString()!)], options, stop);
    var recorded = answer.Value.Model["replayed-".Length..];
    var correct = row.RootElement.GetProperty(recorded).GetProperty("is_correct").GetBoolean();
    using var posted = await http.PostAsJsonAsync("api/v1/feedback", new { type = "outcome", metric = "correct", value = correct, responseId = answer.Value.Id }, stop);
    posted.EnsureSuccessStatusCode();
    Interlocked.Increment(ref asked);
});
Console.WriteLine($"{asked} questions asked and graded");
return 0;
