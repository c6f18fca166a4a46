using Assay.Experiments;
using Assay.Statistics;

namespace Assay.Analysis;

/// <summary>Runs an experiment's own plan many times on made-up traffic, through the rules that a report decides by, and counts what happens.</summary>
public static class PlanSimulator
{
    /// <summary>Runs that share a random stream: threads take whole blocks, so their number cannot change the result.</summary>
    private const int Block = 50;

    /// <param name="experiment">The definition.</param>
    /// <param name="options">Effect, runs, seed.</param>
    /// <param name="progress">Told the number of runs done, now and then, from several threads.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="ArgumentException">The plan cannot be simulated: it lacks a primary, a size, or what is true of the control; the message says what to add.</exception>
    public static SimulationResult Run(Experiment experiment, SimulationOptions options, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Runs, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallelism, 1, nameof(options));
        if (!double.IsFinite(options.Effect)) throw new ArgumentException("the effect must be a number");
        var simulation = new PlanSimulation(experiment, options);
        var runs = new SimulatedRun[options.Runs];
        var done = 0;
        Parallel.For(0, (runs.Length + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken }, block =>
        {
            var random = new RandomStream(options.Seed, block);
            var end = Math.Min(runs.Length, (block + 1) * Block);
            for (var i = block * Block; i < end; i++) runs[i] = simulation.Run(ref random);
            progress?.Invoke(Interlocked.Add(ref done, end - block * Block));
        });
        return SimulationSummary.Of(simulation, options, runs);
    }
}
