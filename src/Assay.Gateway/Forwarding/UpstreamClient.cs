using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Assay.Gateway;

/// <summary>Sends requests upstream over pooled connections: no proxy, cookies, redirects, decompression or tracing headers of its own.</summary>
internal sealed class UpstreamClient : IDisposable
{
    /// <summary>What of a client's request goes upstream besides its body. A list of what may pass, so that no credential, cookie or address leaks to a third party.</summary>
    private static readonly FrozenSet<string> Forwarded = new[]
    {
        "accept", "user-agent", "idempotency-key", "x-request-id", "x-client-request-id", "traceparent", "tracestate",
        "openai-organization", "openai-project", "openai-beta",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What of an upstream's answer belongs to one hop, or is said by the gateway itself.</summary>
    private static readonly FrozenSet<string> Withheld = new[]
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "content-length", "date", "server", "set-cookie", "alt-svc", "strict-transport-security",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly HttpMessageInvoker invoker;

    public UpstreamClient(GatewayOptions options)
    {
#pragma warning disable CA2000 // The invoker owns and disposes the handler.
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 64,
            // A certificate's chain must be whole as it was sent: fetching a missing part would block a thread that other connections wait for.
            SslOptions = { CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck } },
        });
#pragma warning restore CA2000
    }

    /// <summary>Sends a chat request; completes with the response's headers.</summary>
    public Task<HttpResponseMessage> SendAsync(GatewayUpstream upstream, ReadOnlyMemory<byte> body, IHeaderDictionary clientHeaders, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, upstream.ChatUri) { Content = content };
        foreach (var (name, values) in clientHeaders)
            if (Forwarded.Contains(name)) request.Headers.TryAddWithoutValidation(name, (string?)values);
        if (upstream.Authorization is { } authorization) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return invoker.SendAsync(request, cancellationToken);
    }

    public void Dispose() => invoker.Dispose();

    /// <summary>Copies an upstream's response headers, except those that belong to one hop or to the gateway.</summary>
    public static void CopyHeaders(HttpResponseMessage upstream, IHeaderDictionary headers)
    {
        Copy(upstream.Headers.NonValidated, headers);
        Copy(upstream.Content.Headers.NonValidated, headers);
    }

    private static void Copy(HttpHeadersNonValidated source, IHeaderDictionary headers)
    {
        foreach (var (name, values) in source)
        {
            if (Withheld.Contains(name) || name.StartsWith("x-assay-", StringComparison.OrdinalIgnoreCase)) continue;
            var value = values.Count == 1 ? new StringValues(values.ToString()) : new StringValues([.. values]);
            if (IsPrintable(value)) headers[name] = value;
        }
    }

    private static bool IsPrintable(StringValues values)
    {
        foreach (var value in values)
            if (value is null || value.AsSpan().ContainsAnyExceptInRange(' ', '~')) return false;
        return true;
    }
}
