using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Assay.Experiments;

/// <summary>What a call costs. An unknown price or count gives null, never 0.</summary>
public sealed class PriceTable
{
    private readonly FrozenDictionary<string, ModelPrice[]> newestFirst;

    public PriceTable(ImmutableArray<ModelPrice> prices) => newestFirst = prices
        .GroupBy(p => p.Model, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(p => p.From ?? DateOnly.MinValue).ToArray(), StringComparer.Ordinal);

    /// <summary>The price that holds on a day: of the model that served, else of the one that was asked for.</summary>
    public ModelPrice? Find(string? servedModel, string? requestedModel, DateOnly day) => Find(servedModel, day) ?? Find(requestedModel, day);

    /// <summary>Cost in US dollars of one call.</summary>
    /// <param name="price">Null: unknown.</param>
    /// <param name="input">Input tokens, cached ones included.</param>
    /// <param name="cached">Input tokens read from the provider's cache; null counts as none.</param>
    /// <param name="output">Output tokens.</param>
    /// <param name="latencyMs">Wall time of the call, for prices by the hour.</param>
    public static double? Cost(ModelPrice? price, long? input, long? cached, long? output, double latencyMs)
    {
        if (price is null) return null;
        var byTime = price.GpuUsdPerHour * latencyMs / 3_600_000;
        if (price.InputPer1M is null && price.OutputPer1M is null) return byTime;
        if (price is not { InputPer1M: { } inputPrice, OutputPer1M: { } outputPrice } || input is not { } i || output is not { } o) return null;
        var fromCache = Math.Clamp(cached ?? 0, 0, i);
        var byToken = ((i - fromCache) * inputPrice + fromCache * (price.CachedInputPer1M ?? inputPrice) + o * outputPrice) / 1_000_000;
        return byToken + (byTime ?? 0);
    }

    private ModelPrice? Find(string? model, DateOnly day)
    {
        if (model is null || !newestFirst.TryGetValue(model, out var prices)) return null;
        foreach (var price in prices)
            if (price.From is null || price.From <= day) return price;
        return null;
    }
}
