using System.ClientModel;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Assay.Events;
using Assay.Experiments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenAI;
using OpenAI.Chat;

namespace Assay.Gateway.Tests;

/// <summary>A gateway on loopback with a scripted upstream behind it.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string Key = "sk-secret-0123456789";
    private readonly WebApplication app;

    private GatewayHost(WebApplication app, MockUpstream upstream, FakeEventSink sink, RecordingLogs logs)
    {
        this.app = app;
        Upstream = upstream;
        Sink = sink;
        Logs = logs;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public MockUpstream Upstream { get; }
    public FakeEventSink Sink { get; }
    public RecordingLogs Logs { get; }
    public HttpClient Http { get; }
    public GatewayState State => app.Services.GetRequiredService<GatewayState>();

    public static async Task<GatewayHost> StartAsync(ExperimentState[]? experiments = null, bool withRoute = true, GatewayOptions? options = null,
        string? environmentKey = Key, Func<ExperimentState, ServedExperiment>? compile = null, params Upstream[] others)
    {
        var upstream = await MockUpstream.StartAsync();
        var sink = new FakeEventSink();
        var logs = new RecordingLogs();
        var snapshot = GatewaySnapshot.Build(Sample.Definitions(upstream.BaseUrl, withRoute, others: others), experiments ?? [Sample.Running(Sample.Experiment())],
            name => name == "TEST_KEY" ? environmentKey : null, compile ?? (static state => new ServedExperiment(state)));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IEventSink>(sink);
        builder.Services.AddSingleton(new GatewayState(snapshot));
        builder.Services.Configure<HostOptions>(static o => o.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.Services.AddAssayGateway(options);
        var app = builder.Build();
        app.MapAssayGateway();
        await app.StartAsync();
        return new GatewayHost(app, upstream, sink, logs);
    }

    public ChatClient Client(string? conversation = "c-1") => new("support-bot", new ApiKeyCredential("client-key"), new OpenAIClientOptions
    {
        Endpoint = new Uri(Http.BaseAddress!, "/v1"),
        Transport = new System.ClientModel.Primitives.HttpClientPipelineTransport(WithHeader("x-assay-conversation", conversation)),
    });

    /// <summary>Posts a chat body as it stands.</summary>
    public Task<HttpResponseMessage> PostAsync(string json, params (string Name, string Value)[] headers) => PostToAsync("/v1/chat/completions", json, headers);

    public Task<HttpResponseMessage> PostToAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The generation events, once there are as many as expected: they are recorded after the response.</summary>
    public async Task<List<GenerationEvent>> GenerationsAsync(int count = 1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Sink.Generations.Count() < count) await Task.Delay(5, patience.Token);
        return [.. Sink.Generations];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private static HttpClient WithHeader(string name, string? value)
    {
        var client = new HttpClient();
        if (value is not null) client.DefaultRequestHeaders.Add(name, value);
        return client;
    }

    /// <summary>Keeps every line that is logged.</summary>
    internal sealed class RecordingLogs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
