using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Gateway.Tests;

public sealed class SocketThreadsTests
{
    [Fact]
    public async Task UsePoolThreads_AwaitCompletedOnAnotherThread_ContinuesOnThePool()
    {
        // Stands for a thread that waits for sockets: it completes what the endpoint awaits, and must not run what follows.
        var completion = new TaskCompletionSource();
        bool? before = null, after = null;
        int? continuedOn = null;
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider()).UsePoolThreads();
        app.Run(async _ =>
        {
            before = Thread.CurrentThread.IsThreadPoolThread;
            await completion.Task;
            (after, continuedOn) = (Thread.CurrentThread.IsThreadPoolThread, Environment.CurrentManagedThreadId);
        });
        Task? request = null;
        var socket = new Thread(() =>
        {
            request = app.Build()(new DefaultHttpContext());
            completion.SetResult();
        });
        socket.Start();
        socket.Join();
        await request!;
        Assert.Equal((true, true), (before, after));
        Assert.NotEqual(socket.ManagedThreadId, continuedOn);
    }

    [Theory]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/v1/models", false)]
    [InlineData("/api/v1/experiments", false)]
    public void IsDataPlane_OnlyWhatIsForwarded(string path, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = path;
        Assert.Equal(expected, SocketThreads.IsDataPlane(context));
    }
}
