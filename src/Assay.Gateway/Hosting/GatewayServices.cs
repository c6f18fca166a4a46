using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Assay.Gateway;

/// <summary>Registers the data plane.</summary>
public static class GatewayServices
{
    /// <summary>Adds what <see cref="GatewayEndpoints.MapAssayGateway"/> needs, except an <see cref="Assay.Events.IEventSink"/>, which the host brings. A <see cref="GatewayState"/> or <see cref="TimeProvider"/> registered before is kept.</summary>
    /// <remarks>Also lets the server run a request on the thread that received it, without a second hand-over (docs/benchmarks/gateway.md); <see cref="SocketThreads"/> keeps all but the data plane off the threads that wait for sockets.</remarks>
    public static IServiceCollection AddAssayGateway(this IServiceCollection services, GatewayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static _ => new GatewayState());
        services.TryAddSingleton(options ?? new GatewayOptions());
        // Unsafe only for handlers that block: such a one holds up its connection, and on a socket's thread others with it. None of the data plane does.
        services.Configure<SocketTransportOptions>(static transport => transport.UnsafePreferInlineScheduling = true);
        // While this category may log anything, the host makes an activity and a scope for each request, which every await then carries along.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
        services.TryAddSingleton<GatewayLog>();
        services.TryAddSingleton<ExposureRecorder>();
        services.TryAddSingleton<ServingPlanner>();
        services.TryAddSingleton<UpstreamClient>();
        services.TryAddSingleton<StreamRelay>();
        services.TryAddSingleton<ChatForwarder>();
        services.TryAddSingleton<ChatEndpoint>();
        services.TryAddSingleton<AssignEndpoint>();
        services.TryAddSingleton<GenerationRecorder>();
        services.AddHostedService(static provider => provider.GetRequiredService<GenerationRecorder>());
        return services;
    }
}
