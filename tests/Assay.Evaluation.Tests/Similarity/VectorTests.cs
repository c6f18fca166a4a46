namespace Assay.Evaluation.Tests.Similarity;

public sealed class VectorTests
{
    [Fact]
    public void Cosine_OfVectors_IsTheAnglesCosine()
    {
        Assert.Equal(1, Cosine.Similarity([1, 2, 3], [2, 4, 6]).Value, 1e-12);
        Assert.Equal(0, Cosine.Similarity([1, 0], [0, 5]).Value);
        Assert.Equal(-1, Cosine.Similarity([1, 1], [-2, -2]).Value, 1e-12);
        Assert.Equal(0.6, Cosine.Similarity([3, 4], [1, 0]).Value, 1e-12);
    }

    [Fact]
    public void Cosine_OfZeroOrInfiniteVector_IsNotEstimable()
    {
        Assert.False(Cosine.Similarity([0, 0], [1, 0]).IsEstimable);
        Assert.False(Cosine.Similarity([float.NaN, 0], [1, 0]).IsEstimable);
        Assert.False(Cosine.Similarity([1, 0], [float.PositiveInfinity, 0]).IsEstimable);
        Assert.Throws<ArgumentException>(() => Cosine.Similarity([1, 0], [1]));
    }

    /// <summary>Cosines [[1, 0], [0.6, 0.8], [0, 1]]: largest by row 1, .8, 1; by column 1, 1.</summary>
    [Fact]
    public void GreedyMatch_OfVectors_TakesTheLargestCosineOnEachSide()
    {
        var score = GreedyMatch.Score([[1, 0], [3, 4], [0, 2]], [[1, 0], [0, 1]]).Value;
        Assert.Equal(2.8 / 3, score.Precision, 1e-12);
        Assert.Equal(1, score.Recall, 1e-12);
        Assert.Equal(2 * (2.8 / 3) / (2.8 / 3 + 1), score.F, 1e-12);
    }

    [Fact]
    public void GreedyMatch_OfNothing_IsNotEstimable()
    {
        Assert.False(GreedyMatch.Score([], [[1, 0]]).IsEstimable);
        Assert.Equal(0, GreedyMatch.Score([[-1, 0]], [[1, 0]]).Value.F);
    }
}
