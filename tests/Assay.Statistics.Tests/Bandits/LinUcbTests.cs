namespace Assay.Statistics.Tests.Bandits;

public sealed class LinUcbTests
{
    [Fact]
    public void UpperBounds_OneDimension_AreTheFormula()
    {
        var model = new LinUcb(2, 1, width: 2, ridge: 1);
        model.Learn(0, [2], 3);
        model.Learn(0, [1], 1);
        // A = 1 + 4 + 1, b = 6 + 1.
        Assert.Equal(7 / 6.0 * 3 + 2 * Math.Sqrt(9 / 6.0), model.UpperBounds([3])[0], 1e-12);
        Assert.Equal(2 * 3, model.UpperBounds([3])[1], 1e-12);
        model.Discount(0.5);
        Assert.Equal(3.5 / 3.5 * 3 + 2 * Math.Sqrt(9 / 3.5), model.UpperBounds([3])[0], 1e-12);
    }

    [Fact]
    public void UpperBounds_TwoDimensions_AreTheInverse()
    {
        var model = new LinUcb(2, 2, width: 1);
        model.Learn(1, [1, 2], 1);
        model.Learn(1, [1, -1], 0);
        // A = [[3, 1], [1, 6]], b = [1, 2]; A⁻¹ = [[6, −1], [−1, 3]] / 17.
        Assert.Equal(4 / 17.0 + 5 / 17.0 * 2 + Math.Sqrt((6 - 4 + 12) / 17.0), model.UpperBounds([1, 2])[1], 1e-12);
    }

    [Fact]
    public void Allocate_ArmsGoodInOtherContexts_LearnsWhichSuits()
    {
        var model = new LinUcb(2, 2);
        var random = new Random(3);
        Assert.Equal([0.5, 0.5], model.Allocate([1, 1]));
        for (var t = 0; t < 600; t++)
        {
            var x = random.Next(2) == 0 ? -1.0 : 1;
            var shares = ExplorationFloor.Apply(model.Allocate([1, x]), 0.05);
            var arm = random.NextDouble() < shares[0] ? 0 : 1;
            model.Learn(arm, [1, x], random.NextDouble() < (arm == 0 == x > 0 ? 0.6 : 0.3) ? 1 : 0);
        }
        Assert.Equal([1, 0], model.Allocate([1, 1]));
        Assert.Equal([0, 1], model.Allocate([1, -1]));
        Assert.Throws<ArgumentException>(() => model.Allocate([1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Learn(2, [1, 1], 0));
    }
}
