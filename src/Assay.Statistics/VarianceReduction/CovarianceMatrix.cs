namespace Assay.Statistics;

/// <summary>Checks and solves with covariance matrices of a few variables.</summary>
internal static class CovarianceMatrix
{
    // Relative to the variables' scales: rounding of sums leaves about this much.
    private const double Rounding = 1e-9;

    public static void CheckShape(double[,] matrix, int variables, string name)
    {
        if (matrix.GetLength(0) != variables || matrix.GetLength(1) != variables)
            throw new ArgumentException($"must have {variables} rows and columns, but has {matrix.GetLength(0)} and {matrix.GetLength(1)}", name);
        for (var i = 0; i < variables; i++)
            for (var j = 0; j < variables; j++)
            {
                Guard.Finite(matrix[i, j], name);
                if (Math.Abs(matrix[i, j] - matrix[j, i]) > Rounding * (Math.Abs(matrix[i, j]) + Math.Abs(matrix[j, i])))
                    throw new ArgumentException($"is not symmetric: [{i}, {j}] is {matrix[i, j]}, but [{j}, {i}] is {matrix[j, i]}", name);
            }
    }

    /// <summary>Throws unless the matrix is symmetric and positive semidefinite up to rounding.</summary>
    public static void Check(double[,] matrix, double[] means, string name)
    {
        CheckShape(matrix, means.Length, name);
        var scale = new double[means.Length];
        for (var i = 0; i < means.Length; i++)
        {
            if (matrix[i, i] < 0) throw new ArgumentOutOfRangeException(name, matrix[i, i], $"the variance of variable {i} is negative");
            // A variance of 0 beside a trace of covariance is rounding, whose own scale is the mean's.
            scale[i] = Math.Sqrt(matrix[i, i]) + 1e-6 * Math.Abs(means[i]);
            if (scale[i] == 0) scale[i] = 1;
        }
        var work = new double[means.Length, means.Length];
        for (var i = 0; i < means.Length; i++)
            for (var j = 0; j < means.Length; j++) work[i, j] = matrix[i, j] / scale[i] / scale[j];
        for (var step = 0; step < means.Length; step++)
        {
            for (var i = step; i < means.Length; i++)
                for (var j = step; j < means.Length; j++)
                    if (work[i, i] < -1e-6 || Math.Abs(work[i, j]) > Math.Sqrt(Math.Max(0, work[i, i])) * Math.Sqrt(Math.Max(0, work[j, j])) + 1e-5)
                        throw new ArgumentException($"is no covariance matrix: variables {i} and {j} cannot vary together like this", name);
            if (work[step, step] <= 1e-9) continue;
            for (var i = step + 1; i < means.Length; i++)
                for (var j = step + 1; j < means.Length; j++) work[i, j] -= work[i, step] * work[step, j] / work[step, step];
        }
    }

    /// <summary>Solves A x = b for a positive semidefinite A; variables that are constant or determined by earlier ones get 0 and are named.</summary>
    public static (double[] Solution, int[] Dropped) Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        var a = (double[,])matrix.Clone();
        var b = (double[])right.Clone();
        var dropped = new bool[n];
        for (var p = 0; p < n; p++)
        {
            dropped[p] = !(a[p, p] > 1e-10 * matrix[p, p]);
            if (dropped[p]) continue;
            for (var i = p + 1; i < n; i++)
            {
                var factor = a[i, p] / a[p, p];
                for (var j = p; j < n; j++) a[i, j] -= factor * a[p, j];
                b[i] -= factor * b[p];
            }
        }
        var x = new double[n];
        for (var p = n - 1; p >= 0; p--)
        {
            if (dropped[p]) continue;
            x[p] = b[p];
            for (var j = p + 1; j < n; j++) x[p] -= a[p, j] * x[j];
            x[p] /= a[p, p];
        }
        return (x, [.. Enumerable.Range(0, n).Where(i => dropped[i])]);
    }
}
