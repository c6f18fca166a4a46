namespace Assay.Statistics;

/// <summary>Gauss–Legendre with eight nodes on [−1, 1], and the matrix that integrates from −1 to each node.</summary>
internal static class EightNodes
{
    public const int Count = 8;

    public static readonly double[] Points =
    [
        -0.9602898564975362, -0.7966664774136267, -0.5255324099163290, -0.1834346424956498,
        0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975362,
    ];

    public static readonly double[] Weights =
    [
        0.1012285362903763, 0.2223810344533745, 0.3137066458778873, 0.3626837833783620,
        0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763,
    ];

    /// <summary>[i, j]: the integral of the polynomial that is 1 at node j and 0 at the others, from −1 to node i.</summary>
    public static readonly double[,] Cumulative = Integrals();

    private static double[,] Integrals()
    {
        var matrix = new double[Count, Count];
        for (var i = 0; i < Count; i++)
            for (var j = 0; j < Count; j++)
            {
                var half = (Points[i] + 1) / 2;
                for (var m = 0; m < Count; m++) matrix[i, j] += half * Weights[m] * Lagrange(j, half * (Points[m] + 1) - 1);
            }
        return matrix;
    }

    private static double Lagrange(int j, double x)
    {
        double product = 1;
        for (var m = 0; m < Count; m++)
            if (m != j) product *= (x - Points[m]) / (Points[j] - Points[m]);
        return product;
    }
}
