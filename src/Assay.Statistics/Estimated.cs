namespace Assay.Statistics;

/// <summary>A result that the data may not support: either a value, or the reason why none could be computed.</summary>
/// <remarks>Stands where other libraries return NaN, p = 1 or an empty interval. A default instance is not estimable.</remarks>
public readonly record struct Estimated<T>
{
    private readonly T? _value;
    private readonly string? _reason;

    private Estimated(T? value, bool isEstimable, string? reason)
    {
        _value = value;
        IsEstimable = isEstimable;
        _reason = reason;
    }

    /// <summary>True when <see cref="Value"/> may be read.</summary>
    public bool IsEstimable { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; read <see cref="Reason"/>.</exception>
    public T Value => IsEstimable ? _value! : throw new InvalidOperationException("Not estimable: " + Reason);

    /// <summary>Why there is no value; null when there is one.</summary>
    public string? Reason => IsEstimable ? null : _reason ?? "not computed";

    public static Estimated<T> Of(T value) => new(value, true, null);

    public static implicit operator Estimated<T>(T value) => Of(value);

    public static implicit operator Estimated<T>(NotEstimable why) => new(default, false, why.Reason);

    /// <summary>Applies a function to the value, if there is one; the reason passes through.</summary>
    public Estimated<TOther> Map<TOther>(Func<T, TOther> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return IsEstimable ? Estimated<TOther>.Of(map(_value!)) : new NotEstimable(Reason!);
    }
}
