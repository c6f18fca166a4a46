namespace Assay.Statistics;

/// <summary>LinUCB with a floor, replayed batch by batch.</summary>
public sealed class ReplayedLinUcb : IReplayPolicy
{
    private readonly LinUcb _model;
    private readonly double _floor, _discount;

    /// <param name="model">Without anything learnt; its contexts get a constant 1 in front, so it has one dimension more than the log.</param>
    /// <param name="floor">Least share of an arm, from 0 to 1 / arms.</param>
    /// <param name="discount">In (0, 1], applied before each batch.</param>
    public ReplayedLinUcb(LinUcb model, double floor, double discount = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _floor, _discount) = (model, floor, discount);
    }

    public string Name => "linucb";

    public IReadOnlyList<double> Allocate(ReadOnlySpan<double> context) => ExplorationFloor.Apply(_model.Allocate([1, .. context]), _floor);

    /// <inheritdoc/>
    public void Learn(IReadOnlyList<LoggedEvent> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _model.Discount(_discount);
        foreach (var e in batch) _model.Learn(e.Arm, [1, .. e.Context], e.Reward);
    }
}
