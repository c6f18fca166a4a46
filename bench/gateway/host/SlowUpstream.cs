using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

/// <summary>A model that takes its time, for the latency that the gateway adds while the exposure is committed beside the call.</summary>
internal static class SlowUpstream
{
    private static readonly byte[] Completion = [.. """
        {"id":"chatcmpl-bench","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":"Your parcel 48291 is with the carrier and arrives tomorrow before noon."},"finish_reason":"stop"}],"usage":{"prompt_tokens":64,"completion_tokens":31,"total_tokens":95,"prompt_tokens_details":{"cached_tokens":0}}}
        """u8];

    public static async Task RunAsync(int port, TimeSpan delay)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var app = builder.Build();
        app.Run(async context =>
        {
            await Task.Delay(delay, context.RequestAborted);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Completion.Length;
            await context.Response.BodyWriter.WriteAsync(Completion, context.RequestAborted);
        });
        await app.RunAsync();
    }
}
