namespace Assay.Statistics;

/// <summary>Ridge regression that learns one row at a time; the Cholesky factor is made anew when a prediction first needs it.</summary>
internal sealed class RidgeModel(int dimensions, double ridge)
{
    private readonly double[,] _products = new double[dimensions, dimensions];
    private readonly double[] _right = new double[dimensions];
    private readonly double[,] _factor = new double[dimensions, dimensions];
    private readonly double[] _theta = new double[dimensions];
    private bool _current;

    public void Learn(ReadOnlySpan<double> x, double reward)
    {
        for (var i = 0; i < dimensions; i++)
        {
            for (var j = 0; j <= i; j++) _products[i, j] += x[i] * x[j];
            _right[i] += x[i] * reward;
        }
        _current = false;
    }

    public void Discount(double factor)
    {
        for (var i = 0; i < dimensions; i++)
        {
            for (var j = 0; j <= i; j++) _products[i, j] *= factor;
            _right[i] *= factor;
        }
        _current = false;
    }

    /// <summary>θ·x and xᵀA⁻¹x.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> x)
    {
        if (!_current) Solve();
        double mean = 0, variance = 0;
        Span<double> z = dimensions <= 64 ? stackalloc double[dimensions] : new double[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            mean += _theta[i] * x[i];
            z[i] = x[i];
            for (var j = 0; j < i; j++) z[i] -= _factor[i, j] * z[j];
            z[i] /= _factor[i, i];
            variance += z[i] * z[i];
        }
        return (mean, variance);
    }

    private void Solve()
    {
        for (var i = 0; i < dimensions; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = _products[i, j] + (i == j ? ridge : 0);
                for (var k = 0; k < j; k++) sum -= _factor[i, k] * _factor[j, k];
                // The ridge keeps every pivot above 0; rounding may not.
                _factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12 * ridge)) : sum / _factor[j, j];
            }
        }
        for (var i = 0; i < dimensions; i++)
        {
            _theta[i] = _right[i];
            for (var j = 0; j < i; j++) _theta[i] -= _factor[i, j] * _theta[j];
            _theta[i] /= _factor[i, i];
        }
        for (var i = dimensions - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < dimensions; j++) _theta[i] -= _factor[j, i] * _theta[j];
            _theta[i] /= _factor[i, i];
        }
        _current = true;
    }
}
