using System.Collections.Immutable;
using Assay.DuckDb;
using Assay.Events;
using Assay.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server;

/// <summary>The whole program in one process: gateway, API and workers over the embedded stores.</summary>
public sealed class AssayServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServerStores _stores;

    private AssayServer(WebApplication app, ServerStores stores)
    {
        _app = app;
        _stores = stores;
    }

    /// <summary>The addresses listened on, port 0 already replaced by the one that was given.</summary>
    public ImmutableArray<string> Urls =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public IServiceProvider Services => _app.Services;

    /// <summary>Opens the stores, registers the definitions and listens. Never throws for what a user can put right.</summary>
    public static async Task<ServerStart> StartAsync(AssayServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ServerStores? stores = null;
        WebApplication? app = null;
        var isListening = false;
        try
        {
            stores = await ServerStores.OpenAsync(options, cancellationToken);
            app = Compose(options, stores, () => isListening);
            var warnings = ImmutableArray.CreateBuilder<string>();
            if (await RegisterDefinitionsAsync(app, options, warnings, cancellationToken) is { } errors)
                return await AbandonAsync(app, stores, errors, isUsage: true);
            await app.Services.GetRequiredService<GatewayRefresher>().RefreshAsync(cancellationToken);
            warnings.AddRange(app.Services.GetRequiredService<GatewayState>().Current.Problems.Select(p => "warning: " + p));
            await app.StartAsync(cancellationToken);
            isListening = true;
            return new ServerStart(new AssayServer(app, stores), warnings.ToImmutable(), false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DuckDbException or SqliteException)
        {
            return await AbandonAsync(app, stores, [$"cannot start: {error.Message}"], isUsage: false);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException or UriFormatException && app is not null)
        {
            return await AbandonAsync(app, stores, [$"cannot listen on '{options.Urls}': {error.Message}"], isUsage: true);
        }
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _stores.DisposeAsync();
    }

    private static WebApplication Compose(AssayServerOptions options, ServerStores stores, Func<bool> isListening)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "assay",
            ContentRootPath = options.DataFolder,
            // No watch over the data folder for changed settings files: each write of the spool would wake it.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(options.Quiet ? LogLevel.Warning : LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Why a start fails is told in one line by whoever asked for it; the framework would add its stack three times.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && isListening());

        var services = builder.Services;
        services.AddSingleton(options.Time);
        services.AddSingleton(stores.Control);
        services.AddSingleton(stores.Events);
        services.AddSingleton<IEventStore>(stores.Events);
        services.AddAssayEvents(stores.Spool);
        services.AddAssayGateway();
        services.AddSingleton<RoutingTable>();
        services.AddSingleton(provider => new GatewayRefresher(provider.GetRequiredService<GatewayState>(), stores.Control,
            provider.GetRequiredService<RoutingTable>(), options.Environment));
        services.AddSingleton(provider => new ExperimentLifecycle(stores.Control, provider.GetRequiredService<RoutingTable>(),
            options.Environment, options.Time, provider.GetRequiredService<GatewayRefresher>().RefreshAsync));
        services.AddSingleton<DefinitionRegistrar>();
        services.AddSingleton<ReportReader>();
        services.AddHostedService<LookWorker>();
        services.AddSingleton<ReadinessProbe>();
        services.AddProblemDetails();
        services.AddOpenApi();

        var app = builder.Build();
        // The data plane answers for itself, and alone runs on the threads that wait for sockets.
        app.UseWhen(context => !SocketThreads.IsDataPlane(context), others =>
        {
            others.UsePoolThreads();
            others.UseExceptionHandler();
            // Paths and methods that do not exist answer in the same shape as everything else.
            others.UseStatusCodePages();
        });
        app.MapAssayGateway();
        app.MapEventEndpoints();
        app.MapControl();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json");
        return app;
    }

    /// <summary>What was kept over HTTP first, then the files, which win. Null, or every error.</summary>
    private static async Task<ImmutableArray<string>?> RegisterDefinitionsAsync(WebApplication app, AssayServerOptions options,
        ImmutableArray<string>.Builder warnings, CancellationToken cancellationToken)
    {
        var registrar = app.Services.GetRequiredService<DefinitionRegistrar>();
        await registrar.RestoreAsync(cancellationToken);
        if (options.DefinitionsFolder is not { } folder) return null;
        if (!Directory.Exists(folder)) return [$"there is no folder {folder}; --definitions names one with *.yaml, *.yml or *.json"];
        var files = Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) return [$"{folder} has no *.yaml, *.yml or *.json"];
        var result = await registrar.RegisterFilesAsync(files, "definitions folder", cancellationToken);
        if (result.Problems.Length > 0) return [.. result.Problems.Select(p => p.ToString())];
        warnings.AddRange(result.Warnings.Select(w => w.ToString()));
        return null;
    }

    private static async Task<ServerStart> AbandonAsync(WebApplication? app, ServerStores? stores, ImmutableArray<string> problems, bool isUsage)
    {
        if (app is not null) await app.DisposeAsync();
        if (stores is not null) await stores.DisposeAsync();
        return new ServerStart(null, problems, isUsage);
    }
}
