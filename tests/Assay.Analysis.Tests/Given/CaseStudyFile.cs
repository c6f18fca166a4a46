using System.Globalization;
using System.Text;

namespace Assay.Analysis.Tests;

/// <summary>
/// Writes the events of a support bot's experiment as an export: 14 days, 6,200 and 1,550 dialogs, completion 71.3 and 78.9 %,
/// satisfaction 3.8 and 4.1, turns 3.2 and 2.9, 95th percentile of latency 2.1 and 2.3 s. Seeded; counts are exact, values are drawn.
/// </summary>
internal static class CaseStudyFile
{
    public const int ControlDialogs = 6200, TreatmentDialogs = 1550, ControlCompleted = 4421, TreatmentCompleted = 1223;

    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static void Write(string path, int seed)
    {
        var random = new Random(seed);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        Arm(file, random, "control", ControlDialogs, ControlCompleted, satisfaction: 3.8, turns: 3.2, latencyP95: 2100);
        Arm(file, random, "treatment", TreatmentDialogs, TreatmentCompleted, satisfaction: 4.1, turns: 2.9, latencyP95: 2300);
    }

    private static void Arm(StreamWriter file, Random random, string variant, int dialogs, int completed, double satisfaction, double turns, double latencyP95)
    {
        for (var i = 0; i < dialogs; i++)
        {
            var unit = $"{variant}-{i}";
            var start = s_start.AddSeconds(random.NextDouble() * (14 * 86_400 - 1800));
            Line(file, unit, "exposure", start, $"\"version\":1,\"variant\":\"{variant}\",\"bucket\":0.5,\"propensity\":{(variant == "control" ? "0.8" : "0.2")},\"reason\":\"assigned\"");
            // Whole numbers of turns around the arm's mean, evenly spread by two thirds up and down.
            var count = (int)Math.Floor(turns) + (random.NextDouble() < turns - Math.Floor(turns) ? 1 : 0) + random.Next(3) - 1;
            for (var turn = 1; turn <= count; turn++)
                Line(file, $"{unit}-{turn}", "generation", start.AddSeconds(turn * 30), string.Create(CultureInfo.InvariantCulture,
                    $"\"turn\":{turn},\"latencyMs\":{Latency(random, latencyP95):0.0},\"status\":\"ok\""), unit);
            var isCompleted = i < completed;
            var end = start.AddSeconds(600);
            Line(file, unit + "-r", "outcome", end, $"\"metric\":\"resolved\",\"value\":{(isCompleted ? "true" : "false")}", unit);
            Line(file, unit + "-e", "outcome", end, $"\"metric\":\"escalated\",\"value\":{(isCompleted ? "false" : "true")}", unit);
            Line(file, unit + "-s", "outcome", end, string.Create(CultureInfo.InvariantCulture, $"\"metric\":\"csat\",\"value\":{satisfaction + 0.9 * Normal(random):0.000}"), unit);
        }
    }

    /// <summary>Log-normal with the given 95th percentile.</summary>
    private static double Latency(Random random, double p95) => p95 * Math.Exp(0.4 * (Normal(random) - 1.6448536269514722));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static void Line(StreamWriter file, string id, string type, DateTimeOffset at, string fields, string? unit = null) =>
        file.WriteLine($"{{\"type\":\"{type}\",\"id\":\"{type}-{id}\",\"timestamp\":\"{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)}\",\"experiment\":\"support-prompt\",\"unit\":\"{unit ?? id}\",{fields}}}");
}
