// The gateway as it is deployed, with the real spool, and nothing beside it: what the load benchmark measures.
// Usage: Assay.Gateway.Bench --port N --upstream URL --data DIR
//        … --no-events instead of --data: what the rest costs
//        Assay.Gateway.Bench --port N --mock-delay MS      a mock upstream that answers after so long
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Assay.Events;
using Assay.Experiments;
using Assay.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

string Argument(string name) => args[Array.IndexOf(args, name) + 1];
var port = int.Parse(Argument("--port"), CultureInfo.InvariantCulture);

if (args.Contains("--mock-delay"))
{
    await SlowUpstream.RunAsync(port, TimeSpan.FromMilliseconds(double.Parse(Argument("--mock-delay"), CultureInfo.InvariantCulture)));
    return;
}

Variant Arm(string key, double low, double high, string prompt) => new()
{
    Key = key,
    Weight = high - low,
    Ranges = [new BucketRange(low, high)],
    System = new SystemPrompt(prompt, SystemPromptMode.Replace),
    Parameters = ImmutableSortedDictionary<string, System.Text.Json.JsonElement>.Empty.Add("temperature", System.Text.Json.JsonElement.Parse("0.3")),
};
var experiment = new ExperimentState
{
    Experiment = new Experiment
    {
        Key = "bench",
        Unit = UnitKind.Conversation,
        Route = "support-bot",
        Hash = HashKind.Sha256,
        Salt = "bench",
        Variants = [Arm("control", 0, 0.5, "Be helpful."), Arm("treatment", 0.5, 1, "Be helpful and cite the relevant policy.")],
        Metrics = [],
        Plan = new AnalysisPlan(),
        DefinitionHash = new string('0', 64),
    },
    Version = 1,
    Status = ExperimentStatus.Running,
    CreatedAt = DateTimeOffset.UnixEpoch,
};
var definitions = new DefinitionSet
{
    Upstreams = ImmutableDictionary<string, Upstream>.Empty.Add("mock", new Upstream("mock", new Uri(Argument("--upstream")), null)),
    Routes = ImmutableDictionary<string, Route>.Empty.Add("support-bot", new Route("support-bot", "mock", "gpt-4o-mini")),
    Prices = [new ModelPrice("gpt-4o-mini", 0.15, 0.075, 0.60, null, null)],
};

SocketThreads.RunDataPlaneInline();
var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
var spool = args.Contains("--no-events") ? null : EventSpool.Open(Argument("--data"));
builder.Services.AddSingleton<IEventSink>(spool is null ? new NoEvents() : spool);
builder.Services.AddSingleton(new GatewayState(GatewaySnapshot.Build(definitions, [experiment], static _ => null)));
builder.Services.AddAssayGateway();
var app = builder.Build();
app.MapAssayGateway();
await app.RunAsync();
if (spool is null) return;
Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"events durable: {spool.Appended}; allocated {GC.GetTotalAllocatedBytes() / 1e6:0} MB, collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}, paused {GC.GetTotalPauseDuration().TotalMilliseconds:0} ms"));
await spool.DisposeAsync();
