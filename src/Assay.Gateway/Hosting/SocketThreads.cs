using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>
/// Lets the data plane run on the threads that wait for sockets, one per processor, and keeps everything else off them: a hand-over to the thread pool
/// costs a large part of what a request costs, but a report that computed on such a thread would hold up all connections that wait there.
/// </summary>
public static class SocketThreads
{
    private const string Setting = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Bodies larger than this are worked on by the pool: what takes long must not hold up other connections.</summary>
    internal const int LargestInlineBody = 64 * 1024;

    /// <summary>Switches it on for the process. The runtime reads the setting when the first socket is used, so this comes before; an operator's own setting is kept.</summary>
    public static void RunDataPlaneInline()
    {
        if (Environment.GetEnvironmentVariable(Setting) is null) Environment.SetEnvironmentVariable(Setting, "1");
    }

    /// <summary>Runs every other endpoint, and all that follows its awaits, on the thread pool.</summary>
    public static IApplicationBuilder UsePoolThreads(this IApplicationBuilder app) => app.Use(static (HttpContext context, RequestDelegate next) => Task.Run(() =>
    {
        SynchronizationContext.SetSynchronizationContext(PoolContext.Instance);
        return next(context);
    }));

    /// <summary>True for the requests that are forwarded.</summary>
    public static bool IsDataPlane(HttpContext context) => context.Request.Path.Equals(GatewayEndpoints.ChatPath, StringComparison.Ordinal);

    /// <summary>Continues on the pool after a large body.</summary>
    internal static ConfiguredTaskAwaitable LeaveAfter(int bytes) =>
        Task.CompletedTask.ConfigureAwait(bytes > LargestInlineBody ? ConfigureAwaitOptions.ForceYielding : ConfigureAwaitOptions.None);

    /// <summary>Posts what follows an await to the pool, where it would have run on the thread that completed it.</summary>
    private sealed class PoolContext : SynchronizationContext
    {
        public static PoolContext Instance { get; } = new();

        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.UnsafeQueueUserWorkItem(static work =>
        {
            var before = Current;
            SetSynchronizationContext(Instance);
            try
            {
                work.Callback(work.State);
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }, (Callback: d, State: state), preferLocal: true);

        public override SynchronizationContext CreateCopy() => this;
    }
}
