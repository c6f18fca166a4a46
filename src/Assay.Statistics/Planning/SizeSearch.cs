namespace Assay.Statistics;

/// <summary>The control's n at which a power that grows with n is reached.</summary>
internal static class SizeSearch
{
    public static RequiredSample For(Func<double, double> powerAt, double power, double ratio, double start, string effectName)
    {
        double low = start, high = start * 2;
        while (!(powerAt(high) >= power))
        {
            (low, high) = (high, high * 2);
            if (high > 1e15) throw new ArgumentOutOfRangeException(effectName, "the effect lies too close to the margin for any experiment");
        }
        return RequiredSample.FromExact(Root.OfIncreasing(n => powerAt(n) - power, low, high), ratio);
    }
}
