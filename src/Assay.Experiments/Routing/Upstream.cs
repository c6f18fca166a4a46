namespace Assay.Experiments;

/// <summary>A model endpoint that speaks OpenAI's protocol.</summary>
/// <param name="Name">As variants and routes name it.</param>
/// <param name="BaseUrl">Up to and including <c>/v1</c>.</param>
/// <param name="KeyEnv">Environment variable that holds the key; null sends none. The key itself is never stored or logged.</param>
public sealed record Upstream(string Name, Uri BaseUrl, string? KeyEnv);
