using Assay.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Assay.Server;

/// <summary>Registers intake and drain around an open spool.</summary>
public static class EventServices
{
    /// <summary>Adds the spool (also as <see cref="IEventSink"/>), <see cref="EventReader"/>, <see cref="EventIntake"/>,
    /// <see cref="SpoolDrain"/> and the worker that runs them. The host brings an <see cref="IEventStore"/> and closes the spool.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="spool">Opened by the host, so that a locked folder stops the start.</param>
    public static IServiceCollection AddAssayEvents(this IServiceCollection services, EventSpool spool)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(spool);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new EventOptions());
        services.TryAddSingleton(new EventIntakeOptions());
        services.TryAddSingleton(new SpoolDrainOptions());
        services.TryAddSingleton(spool);
        services.TryAddSingleton<IEventSink>(spool);
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<SpoolDrain>();
        services.AddHostedService<EventWorker>();
        return services;
    }
}
