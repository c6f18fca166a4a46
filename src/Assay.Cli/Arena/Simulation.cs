using Assay.Evaluation;

namespace Assay.Cli.Arena;

/// <summary>A suite that names the reserved address gets a model that only pretends, in this process, and every screen says so.</summary>
internal sealed class Simulation : IAsyncDisposable
{
    /// <summary>Reserved by RFC 2606: nothing can ever answer there.</summary>
    public const string Host = "simulated.invalid";
    public const string Says = "SIMULATED: the model and the judge only pretend; their answers and scores were written beforehand. Nothing here says anything about a real model.";

    private readonly SimulatedSupport _upstream;

    private Simulation(SimulatedSupport upstream) => _upstream = upstream;

    public static async Task<Simulation?> StartIfAskedAsync(Suite suite, TextWriter say, CancellationToken cancellationToken)
    {
        if (!suite.Upstreams.Values.Any(u => u.BaseUrl.Host == Host)) return null;
        say.WriteLine(Says);
        return new Simulation(await SimulatedSupport.StartAsync(cancellationToken));
    }

    public Uri Resolve(Uri baseUrl) => baseUrl.Host == Host ? _upstream.BaseUrl : baseUrl;
    public ValueTask DisposeAsync() => _upstream.DisposeAsync();
}
