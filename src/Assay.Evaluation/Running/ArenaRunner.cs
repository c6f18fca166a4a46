using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>Runs a plan: answers, checks, judges. Everything asked goes through one caller, hence one log, budget and limit.</summary>
public sealed class ArenaRunner
{
    private readonly ArenaPlan plan;
    private readonly CallerOptions options;
    private readonly ModelCaller caller;
    private readonly ApplicationCaller applications;
    private readonly CheckRunner checks;
    private readonly ImmutableArray<Judge> judges;

    /// <param name="plan">Without problems.</param>
    /// <param name="caller">Over the same options.</param>
    /// <param name="options">Log, budget, limits, progress.</param>
    /// <param name="services">For the checks.</param>
    public ArenaRunner(ArenaPlan plan, ModelCaller caller, CallerOptions options, CheckServices services)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        if (!plan.Problems.IsEmpty) throw new ArgumentException("a plan with problems cannot be run", nameof(plan));
        (this.plan, this.options, this.caller) = (plan, options, caller);
        applications = new ApplicationCaller(plan.Suite, caller, options);
        checks = new CheckRunner(plan.Suite, services);
        judges = [.. plan.Suite.Judges.Select(j => new Judge(j, caller))];
    }

    /// <summary>Runs to the end. A failed call is a value in the result; what was answered is in the log whatever happens.</summary>
    /// <exception cref="OperationCanceledException">Stopped by the user.</exception>
    /// <exception cref="IOException">The log cannot be written.</exception>
    public async Task<ArenaRun> RunAsync(CancellationToken cancellationToken = default)
    {
        // Calls wait for their slots inside; the surplus keeps the slots busy while answers become durable.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = plan.Suite.Run.Concurrency * 2 + 16, CancellationToken = cancellationToken };
        var answers = new ArenaAnswer[plan.Cells.Length];
        var scores = new ImmutableArray<ScoreRow>[plan.Cells.Length];
        await Parallel.ForEachAsync(Enumerable.Range(0, plan.Cells.Length), parallel, async (i, stop) =>
        {
            answers[i] = await AnswerAsync(plan.Cells[i], stop);
            scores[i] = await checks.ScoreAsync(plan.Cells[i], answers[i].Answer, answers[i].Detail, stop);
        });
        var judgements = await JudgeAsync(answers, parallel);
        var usage = judgements.Aggregate(JudgeUsage.None, (sum, j) => sum + j.Usage);
        return new ArenaRun
        {
            Plan = plan,
            Answers = [.. answers],
            Scores = [.. scores.SelectMany(s => s), .. judgements.SelectMany(j => j.Scores)],
            Verdicts = [.. judgements.SelectMany(j => j.Verdicts)],
            Judges = [.. judges.SelectMany(j => j.Configurations)],
            JudgeUsage = usage,
            CostUsd = Cost(answers) + usage.CostUsd,
            Progress = options.Progress,
        };
    }

    private async ValueTask<ArenaAnswer> AnswerAsync(ArenaCell cell, CancellationToken cancellationToken)
    {
        var variant = cell.Variant;
        var outcome = variant.Outputs is { } outputs ? Recorded(outputs, cell)
            : cell.Call is { } call ? await caller.CallAsync(call, cancellationToken) : await applications.AnswerAsync(cell, cancellationToken);
        var answer = outcome.Answer;
        // What a variant answered from stands beside its answer, for checks and judges of faithfulness.
        if (answer is { Context.IsEmpty: true } && variant.ContextOf(cell.Golden) is var documents && documents != cell.Golden.Context) answer = answer with { Context = documents };
        return new ArenaAnswer { Variant = variant.Key, Case = cell.Golden.Id, Repeat = cell.Repeat, Asked = cell.Call?.Messages ?? cell.Golden.Messages, Answer = answer, Failure = outcome.Failure, Detail = outcome.Detail };
    }

    private static CallOutcome Recorded(ImmutableDictionary<string, ImmutableArray<Answer>> outputs, ArenaCell cell) =>
        !outputs.TryGetValue(cell.Golden.Id, out var recorded) ? CallOutcome.Failed(CallFailure.Refused, $"{cell.Variant.OutputsFile} has no answer to this case")
        : cell.Repeat >= recorded.Length ? CallOutcome.Failed(CallFailure.Refused, $"{cell.Variant.OutputsFile} has only {recorded.Length} answers to this case")
        : CallOutcome.Of(recorded[cell.Repeat]);

    private async Task<List<Judgement>> JudgeAsync(ArenaAnswer[] answers, ParallelOptions parallel)
    {
        var work = new List<Func<CancellationToken, Task<Judgement>>>();
        var byKey = answers.Index().ToDictionary(a => (a.Item.Case, a.Item.Repeat, a.Item.Variant), a => (a.Item, plan.Cells[a.Index].Golden));
        Candidate Candidate(ArenaAnswer a) => new(a.Variant, a.Answer);
        var order = plan.Suite.Variants.Select(v => v.Key).ToList();
        foreach (var judge in judges)
            foreach (var (answer, golden) in byKey.Values.Where(v => judge.Spec.Concerns(v.Golden)))
            {
                if (judge.Spec.Mode != JudgeMode.Pairwise) work.Add(stop => judge.ScoreAsync(golden, Candidate(answer), answer.Repeat, stop));
                else
                    foreach (var earlier in order.Take(judge.Spec.Pairs == PairRule.Round ? order.IndexOf(answer.Variant) : Math.Min(1, order.IndexOf(answer.Variant))))
                    {
                        var first = byKey[(answer.Case, answer.Repeat, earlier)];
                        work.Add(stop => judge.CompareAsync(first.Golden, Candidate(first.Item), Candidate(answer), answer.Repeat, stop));
                    }
            }
        var done = new Judgement[work.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, work.Count), parallel, async (i, stop) => done[i] = await work[i](stop));
        return [.. done];
    }

    private double? Cost(ArenaAnswer[] answers)
    {
        double? sum = 0;
        foreach (var (i, answer) in answers.Index())
            if (answer.Answer is { } given && plan.Cells[i].Variant.Outputs is null) sum += given.CostUsd;
        return sum;
    }
}
