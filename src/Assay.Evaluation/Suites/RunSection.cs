using Assay.Experiments.Reading;

namespace Assay.Evaluation.Suites;

/// <summary>A suite's <c>run</c>: how answers are fetched.</summary>
internal static class RunSection
{
    public static RunSettings Read(Section suite)
    {
        var settings = new RunSettings();
        if (suite.Map("run") is not { } run) return settings;
        settings = settings with
        {
            Repeats = run.Integer("repeats", 1) ?? settings.Repeats,
            Concurrency = run.Integer("concurrency", 1) ?? settings.Concurrency,
            RequestsPerMinute = run.Number("requestsPerMinute", n => n > 0, "a number above 0"),
            Timeout = run.Duration("timeout") is { } limit && limit > TimeSpan.Zero ? limit : settings.Timeout,
            Retries = run.Integer("retries", 0) ?? settings.Retries,
            Seed = run.Integer("seed", 0) ?? settings.Seed,
        };
        run.Finish();
        return settings;
    }
}
