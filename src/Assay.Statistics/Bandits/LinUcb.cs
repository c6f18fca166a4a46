namespace Assay.Statistics;

/// <summary>LinUCB with a model of its own for each arm: reward ≈ θ·x, and the arm with the highest θ·x + width · √(xᵀA⁻¹x) is taken.</summary>
/// <remarks>L. Li, W. Chu, J. Langford, R. E. Schapire, WWW 2010, 661–670, algorithm 1, doi:10.1145/1772690.1772758. Not safe for concurrent use.</remarks>
public sealed class LinUcb
{
    private const double Largest = 1e60;

    private readonly double _width;
    private readonly RidgeModel[] _models;

    /// <param name="arms">Number of arms; 2 or more.</param>
    /// <param name="dimensions">Numbers in a context; 1 or more. Put a constant 1 among them for an intercept, and bring the others to a common scale.</param>
    /// <param name="width">How far bounds lie above the estimates, in standard errors of a reward with variance 1; 0 or more.</param>
    /// <param name="ridge">Weight of the prior at θ = 0; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public LinUcb(int arms, int dimensions, double width = 1, double ridge = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Guard.NonNegative(width);
        Guard.Positive(ridge);
        (_width, Dimensions) = (width, dimensions);
        _models = [.. Enumerable.Range(0, arms).Select(_ => new RidgeModel(dimensions, ridge))];
    }

    /// <summary>Numbers in a context.</summary>
    public int Dimensions { get; }

    /// <summary>Number of arms.</summary>
    public int Arms => _models.Length;

    /// <summary>The upper bound of each arm's mean reward in a context.</summary>
    /// <param name="context">As many finite numbers as there are dimensions.</param>
    /// <exception cref="ArgumentException">The context has another length, or a number is not finite.</exception>
    public double[] UpperBounds(ReadOnlySpan<double> context)
    {
        Check(context);
        var bounds = new double[_models.Length];
        for (var k = 0; k < bounds.Length; k++)
        {
            var (mean, variance) = _models[k].Predict(context);
            bounds[k] = mean + _width * Math.Sqrt(variance);
        }
        return bounds;
    }

    /// <summary>The share of each arm in a context: those with the highest bound in equal parts. Wrap with <see cref="ExplorationFloor.Apply"/>.</summary>
    /// <param name="context">As many finite numbers as there are dimensions.</param>
    /// <exception cref="ArgumentException">The context has another length, or a number is not finite.</exception>
    public double[] Allocate(ReadOnlySpan<double> context)
    {
        var bounds = UpperBounds(context);
        // Arms that know the same differ by rounding only.
        var highest = bounds.Max();
        highest -= 1e-12 * Math.Abs(highest);
        double tied = bounds.Count(b => b >= highest);
        return [.. bounds.Select(b => b >= highest ? 1 / tied : 0)];
    }

    /// <summary>Takes in one reward.</summary>
    /// <param name="arm">From 0.</param>
    /// <param name="context">That the arm was chosen in.</param>
    /// <param name="reward">Finite.</param>
    /// <exception cref="ArgumentException">The context has another length, or a number is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such arm, or reward is not finite.</exception>
    public void Learn(int arm, ReadOnlySpan<double> context, double reward)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(arm);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(arm, _models.Length);
        Guard.Finite(reward);
        Check(context);
        _models[arm].Learn(context, reward);
    }

    /// <summary>Forgets a part of all that was learnt, for a world that changes.</summary>
    /// <param name="factor">In (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">factor is outside (0, 1].</exception>
    /// <remarks>Y. Russac, C. Vernade, O. Cappé, NeurIPS 32 (2019), arXiv:1909.09146.</remarks>
    public void Discount(double factor)
    {
        if (!(factor > 0 && factor <= 1)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "must lie in (0, 1]");
        foreach (var model in _models) model.Discount(factor);
    }

    private void Check(ReadOnlySpan<double> context)
    {
        Guard.SameLength(context.Length, Dimensions, nameof(context));
        for (var i = 0; i < context.Length; i++)
        {
            Guard.Finite(context[i], $"{nameof(context)}[{i}]");
            // A model learns from products of three of them.
            if (Math.Abs(context[i]) > Largest) throw new ArgumentOutOfRangeException($"{nameof(context)}[{i}]", context[i], "must lie within 1e60 of zero, or the model cannot be computed: scale it");
        }
    }
}
