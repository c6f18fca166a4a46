namespace Assay.Statistics;

/// <summary>Runs replicates in blocks with a random stream each, so that the number of threads cannot change the result.</summary>
internal static class ResamplingLoop
{
    private const int Block = 64;

    public delegate double Replicate<TWork>(ref RandomStream random, TWork work);

    public static double[] Run<TWork>(ResamplingOptions options, Func<TWork> workspace, Replicate<TWork> replicate)
    {
        var results = new double[options.Resamples];
        var blocks = (options.Resamples + Block - 1) / Block;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism }, workspace, (block, _, work) =>
        {
            var random = new RandomStream(options.Seed, block);
            var end = Math.Min(results.Length, (block + 1) * Block);
            for (var i = block * Block; i < end; i++) results[i] = replicate(ref random, work);
            return work;
        }, _ => { });
        return results;
    }
}
