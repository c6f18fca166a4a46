using MathNet.Numerics.Integration;

namespace Assay.Statistics;

/// <summary>The distribution of a test statistic that is looked at again and again, restricted to the paths that have not stopped yet.</summary>
/// <remarks>
/// The score S(t) = Z(t)√t has independent normal increments with mean drift · Δt and variance Δt, so the sub-density at a look is that of the
/// look before, cut at its bounds and convolved with a normal kernel: P. Armitage, C. K. McPherson, B. C. Rowe, JRSS A 132 (1969) 235–244,
/// doi:10.2307/2343787. Each integral is composite Gauss–Legendre whose panels follow the narrower of the two neighbouring increments;
/// a grid that is fixed in z fails when looks are .01 apart. All terms are positive, so a tail of 1e-60 keeps its digits.
/// </remarks>
internal sealed class CrossingPath
{
    // Twelve nodes on four standard deviations leave 1e-12 of a normal density unaccounted for.
    private const double PanelWidth = 4;
    private const double KernelReach = 10;
    // Below the bulk 9 standard deviations hold all but 1e-19; above, where small tails are asked for, as far as a double goes.
    private const double ReachBelow = 9, ReachAbove = 38;
    private static readonly GaussLegendreRule Rule = new(-1, 1, 12);

    private readonly double[] _times;
    private readonly double _drift;
    private double _previous;
    private double[] _at = [0];
    private double[] _mass = [1];

    /// <param name="times">Information fractions of the looks, ascending, validated.</param>
    /// <param name="drift">E[Z] at information fraction 1.</param>
    public CrossingPath(double[] times, double drift) => (_times, _drift) = (times, drift);

    /// <summary>The look at hand, from 0.</summary>
    public int Look { get; private set; }

    /// <summary>P(no stop before this look, Z ≥ z at it).</summary>
    public double Above(double z) => Tail(z, 1);

    /// <summary>P(no stop before this look, Z ≤ z at it).</summary>
    public double Below(double z) => Tail(z, -1);

    /// <summary>The z with <see cref="Above"/>(z) = probability; +∞ when it is 0, −∞ when not even that much has come so far.</summary>
    public double BoundAbove(double probability) => Solve(probability, 1);

    /// <summary>The z with <see cref="Below"/>(z) = probability; −∞ when it is 0, +∞ when not even that much has come so far.</summary>
    public double BoundBelow(double probability) => -Solve(probability, -1);

    /// <summary>The path as it stands at this look, untouched by what follows: grids are replaced, never changed.</summary>
    public CrossingPath Snapshot() => (CrossingPath)MemberwiseClone();

    /// <summary>Goes on to the next look with the paths that lie between the bounds at this one.</summary>
    public void Continue(double lower, double upper)
    {
        double time = _times[Look], root = Math.Sqrt(time), step = time - _previous;
        double low = Math.Max(lower * root, _drift * time - ReachBelow * root), high = Math.Min(upper * root, _drift * time + ReachAbove * root);
        if (high > low) Integrate(low, high, PanelWidth / Math.Sqrt(1 / step + 1 / (_times[Look + 1] - time)));
        else (_at, _mass) = ([], []);
        _previous = time;
        Look++;
    }

    private void Integrate(double low, double high, double width)
    {
        double time = _times[Look], step = time - _previous, deviation = Math.Sqrt(step);
        var panels = (int)Math.Ceiling((high - low) / width);
        width = (high - low) / panels;
        double[] at = new double[panels * Rule.Order], mass = new double[at.Length];
        double reach = KernelReach * deviation, shift = _drift * step, factor = width / 2 / (deviation * Math.Sqrt(2 * Math.PI));
        var first = 0;
        for (var i = 0; i < at.Length; i++)
        {
            var (panel, node) = Math.DivRem(i, Rule.Order);
            var s = low + width * (panel + (1 + Rule.GetAbscissa(node)) / 2);
            at[i] = s;
            if (_at.Length == 0) continue;
            // Where a path that ends in s came from: the Brownian bridge does not depend on the drift. Beyond its reach the integrand is nothing.
            var origin = Math.Clamp(s * (_previous / time), _at[0], _at[^1]);
            while (_at[first] < origin - reach) first++;
            double sum = 0, end = origin + reach;
            for (var j = first; j < _at.Length && _at[j] <= end; j++)
            {
                var u = (s - shift - _at[j]) / deviation;
                sum += _mass[j] * Math.Exp(-u * u / 2);
            }
            mass[i] = Rule.GetWeight(node) * factor * sum;
        }
        (_at, _mass) = (at, mass);
    }

    private double Tail(double z, int sign)
    {
        double time = _times[Look], step = time - _previous, deviation = Math.Sqrt(step), s = z * Math.Sqrt(time) - _drift * step, sum = 0;
        for (var i = 0; i < _at.Length; i++) sum += _mass[i] * StandardNormal.UpperTail(sign * (s - _at[i]) / deviation);
        return sum;
    }

    private double Density(double z)
    {
        double time = _times[Look], step = time - _previous, deviation = Math.Sqrt(step), s = z * Math.Sqrt(time) - _drift * step, sum = 0;
        for (var i = 0; i < _at.Length; i++)
        {
            var u = (s - _at[i]) / deviation;
            sum += _mass[i] * Math.Exp(-u * u / 2);
        }
        return sum * Math.Sqrt(time / (2 * Math.PI * step));
    }

    // Newton on the logarithm of the tail, which is concave, inside a bracket that only shrinks. y = z, or −z for the lower tail.
    private double Solve(double probability, int sign)
    {
        if (!(probability > 0)) return double.PositiveInfinity;
        if (_mass.Sum() <= probability) return double.NegativeInfinity;
        double centre = sign * _drift * Math.Sqrt(_times[Look]), low = centre - ReachAbove, high = centre + ReachAbove;
        var y = Math.Clamp(centre - StandardNormal.Quantile(Math.Clamp(probability, 1e-300, 1 - 1e-16)), low, high);
        for (var i = 0; i < 200; i++)
        {
            var tail = Tail(sign * y, sign);
            if (tail > probability) low = y; else high = y;
            var next = y + Math.Log(tail / probability) * tail / Density(sign * y);
            if (!(next > low && next < high)) next = low + (high - low) / 2;
            if (Math.Abs(next - y) <= 1e-13 * Math.Max(1, Math.Abs(y))) return next;
            y = next;
        }
        return y;
    }
}
