using System.Collections.Immutable;

namespace Assay.Evaluation;

/// <summary>A declared judge at work, through the port to models. Sound for concurrent use.</summary>
public sealed class Judge
{
    private readonly IModelCaller caller;

    public Judge(JudgeSpec spec, IModelCaller caller)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(caller);
        if (spec.Members.IsDefaultOrEmpty) throw new ArgumentException("a judge needs a model", nameof(spec));
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Repeats, 1, nameof(spec));
        (Spec, this.caller) = (spec, caller);
        Configurations = [.. spec.Members.Select(m => JudgeConfiguration.Of(spec, m))];
    }

    public JudgeSpec Spec { get; }

    /// <summary>One per member, to be stored with the scores.</summary>
    public ImmutableArray<JudgeConfiguration> Configurations { get; }

    /// <summary>Calls that judging one answer (or one pair) takes when every reply can be read.</summary>
    public int CallsPerItem => Spec.Members.Length * Spec.Repeats * (Spec is { Mode: JudgeMode.Pairwise, Orders: OrderRule.Both } ? 2 : 1);

    /// <summary>Scores one answer; a row per axis (or one for a retrieval mode), member and judge repeat.</summary>
    /// <exception cref="InvalidOperationException">The judge compares pairs.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<Judgement> ScoreAsync(GoldenCase golden, Candidate candidate, int repeat, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(golden);
        ArgumentNullException.ThrowIfNull(candidate);
        if (Spec.Mode == JudgeMode.Pairwise) throw new InvalidOperationException($"judge '{Spec.Key}' compares pairs");
        var parts = new List<Judgement>();
        for (var m = 0; m < Spec.Members.Length; m++)
            for (var j = 0; j < Spec.Repeats; j++)
                parts.Add(await new Scoring(Spec, caller, Spec.Members[m], Configurations[m].Hash).ScoreAsync(golden, candidate, repeat, j, cancellationToken));
        var all = Judgement.Join(parts);
        return Spec.Panel == PanelRule.Mean ? all : all with { Scores = PanelVote.Of(all.Scores, Spec), MemberScores = all.Scores };
    }

    /// <summary>Compares two answers; a row per order asked, member and judge repeat.</summary>
    /// <exception cref="InvalidOperationException">The judge scores single answers.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<Judgement> CompareAsync(GoldenCase golden, Candidate control, Candidate treatment, int repeat, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(golden);
        ArgumentNullException.ThrowIfNull(control);
        ArgumentNullException.ThrowIfNull(treatment);
        if (Spec.Mode != JudgeMode.Pairwise) throw new InvalidOperationException($"judge '{Spec.Key}' scores single answers");
        var parts = new List<Judgement>();
        for (var m = 0; m < Spec.Members.Length; m++)
            for (var j = 0; j < Spec.Repeats; j++)
            {
                var duel = new Duel(Spec, caller, Spec.Members[m], Configurations[m].Hash);
                var first = ShownOrder.TreatmentFirst(Spec.Seed, duel.Judge, golden.Id, control.Variant, treatment.Variant, repeat, j);
                foreach (var treatmentFirst in Spec.Orders == OrderRule.Both ? (bool[])[first, !first] : [first])
                    parts.Add(await duel.CompareAsync(golden, control, treatment, repeat, j, treatmentFirst, cancellationToken));
            }
        var all = Judgement.Join(parts);
        return Spec.Panel == PanelRule.Mean ? all : all with { Verdicts = PanelVote.Of(all.Verdicts, Spec), MemberVerdicts = all.Verdicts };
    }

    /// <summary>Compares several answers by a round of pairs, each against each; the earlier of a pair is its A.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<Judgement> RoundAsync(GoldenCase golden, IReadOnlyList<Candidate> candidates, int repeat, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var parts = new List<Judgement>();
        for (var a = 0; a < candidates.Count; a++)
            for (var b = a + 1; b < candidates.Count; b++)
                parts.Add(await CompareAsync(golden, candidates[a], candidates[b], repeat, cancellationToken));
        return Judgement.Join(parts);
    }
}
