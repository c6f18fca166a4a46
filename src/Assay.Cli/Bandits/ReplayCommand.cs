using System.CommandLine;
using Assay.Cli.Stats;
using Assay.Experiments.Reading;
using Assay.Statistics;

namespace Assay.Cli.Bandits;

/// <summary><c>assay bandit replay LOG</c>: what each algorithm would have earned where another one acted.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var options = new ReplayOptions();
        var command = options.AddTo(new Command("replay",
            "Replay a logged bandit under each algorithm: rejection sampling (the algorithm learns from the events it would have had) and off-policy estimates from all events, with the effective sample size. "
            + "It also says what is known of the arms: bounds that hold at any stop, and a winner where they allow one. Exit 4 when arms and propensities do not fit.\n\n"
            + "Example: assay bandit replay log.csv --arm item --reward click --propensity p"));
        command.SetAction(parse => Run(parse, options));
        return command;
    }

    private static int Run(ParseResult parse, ReplayOptions options)
    {
        var (alpha, batch, path) = (parse.GetValue(options.Alpha), parse.GetValue(options.Batch), parse.GetValue(options.Log)!);
        if (!(alpha is > 0 and < 1)) throw new UsageException("--alpha is a probability between 0 and 1");
        if (batch < 1) throw new UsageException("--batch is the number of events between updates, 1 or more");
        if (parse.GetValue(options.Discount) is var discount && !(discount is > 0 and <= 1)) throw new UsageException("--discount lies above 0 and up to 1");
        if (parse.GetValue(options.AcceptQuantile) is var quantile && !(quantile is >= 0 and <= 1)) throw new UsageException("--accept-quantile lies from 0 to 1");
        var (targetLog, by) = (parse.GetValue(options.TargetLog), parse.GetValue(options.TargetBy));
        if (targetLog is null && by is not null) throw new UsageException("--target-by counts within a column of --target-log, but none is given");
        string arm = parse.GetValue(options.Arm)!, reward = parse.GetValue(options.Reward)!, propensity = parse.GetValue(options.Propensity)!;
        string[] asked = Names(parse.GetValue(options.Algorithms)), context = Names(parse.GetValue(options.Context));
        foreach (var name in asked)
            if (!Algorithm.Names.Contains(name)) throw new UsageException($"--algorithm: '{name}' is unknown", Suggestions.Hint(name, Algorithm.Names) ?? $"there are {string.Join(", ", Algorithm.Names)}");

        var log = BanditLog.Read(path, arm, reward, propensity, context, targetLog is null ? null : by);
        var floor = parse.GetValue(options.Floor) ?? ExplorationFloor.Default(log.Arms.Length);
        if (!(floor >= 0 && floor * log.Arms.Length <= 1)) throw new UsageException($"--floor lies from 0 to 1 / {log.Arms.Length} with {log.Arms.Length} arms");
        var summary = LogSummary.Of(log, batch, alpha);
        List<ReplayedAlgorithm> rows = [];
        List<(string Name, string Why)> skipped = [];
        var scale = BanditReplay.Scale(log.Events, quantile);
        foreach (var name in asked.Length > 0 ? asked : [.. Algorithm.Names])
        {
            if (WhyNot(log, name, reward) is { } why)
            {
                if (asked.Length > 0) throw new UsageException(why);
                skipped.Add((name, why));
                continue;
            }
            var (arms, seed) = (log.Arms.Length, parse.GetValue(options.Seed));
            IReplayPolicy policy = Algorithm.Rule(name) is { } rule
                ? new ReplayedRule(new ExplorationFloor(rule, floor), arms, batch, discount)
                : new ReplayedLinUcb(new LinUcb(arms, 1 + log.Events[0].Context.Count), floor, discount);
            var replay = BanditReplay.Run(log.Events, arms, policy, batch, scale, new Random(seed), alpha);
            rows.Add(new(name, replay, replay.OffPolicy, (policy as ReplayedRule)?.Shares, replay.Warning, null));
        }
        if (targetLog is not null) rows.Add(Frequencies(log, BanditLog.Read(targetLog, arm, reward, propensity, [], by), targetLog, by, alpha));

        var output = parse.InvocationConfiguration.Output;
        if (parse.GetValue(options.Format) == "json") output.WriteLine(JsonText.Of(ReplayJson.Of(path, log, summary, rows, skipped)));
        else ReplayText.Write(output, log, summary, rows, skipped);
        return summary.Mismatch ? ExitCode.Invalid : ExitCode.Done;
    }

    private static string? WhyNot(BanditLog log, string name, string reward)
    {
        if (name == Algorithm.LinUcbName) return log.Events[0].Context.Count > 0 ? null : "linucb needs context: name its columns with --context";
        var rule = Algorithm.Rule(name)!;
        for (var t = 0; t < log.Events.Length; t++)
            if (rule.Refuse(log.Events[t].Reward) is { } why) return $"{log.Records[t].Place}: {reward}: {why}";
        return null;
    }

    // A fixed policy by how often another one took each arm. Its probabilities depended on what it knew; frequencies stand in for them.
    private static ReplayedAlgorithm Frequencies(BanditLog log, BanditLog target, string file, string? by, double alpha)
    {
        var counts = new Dictionary<(string, string), double>();
        var totals = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var t = 0; t < target.Events.Length; t++)
        {
            var stratum = target.Strata?[t] ?? "";
            counts[(stratum, target.Arms[target.Events[t].Arm])] = counts.GetValueOrDefault((stratum, target.Arms[target.Events[t].Arm])) + 1;
            totals[stratum] = totals.GetValueOrDefault(stratum) + 1;
        }
        double[] shares = [.. log.Events.Select((e, t) =>
        {
            var stratum = log.Strata?[t] ?? "";
            return totals.TryGetValue(stratum, out var total)
                ? counts.GetValueOrDefault((stratum, log.Arms[e.Arm])) / total
                : throw log.Records[t].Wrong(by!, $"'{stratum}' is not in {file}");
        })];
        var result = OffPolicy.Evaluate([.. log.Events.Select(e => e.Reward)], [.. log.Events.Select(e => e.Propensity)], shares, alpha);
        var note = $"the policy of {Path.GetFileName(file)} approximated by its frequencies of {(by is null ? "arms" : $"arm × {by}")}; it had others where it knew more";
        return new("frequencies", null, result, null, result.IsEstimable ? result.Value.Warning : null, note);
    }

    private static string[] Names(string[]? given) => [.. (given ?? []).SelectMany(g => g.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
