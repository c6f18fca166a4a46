using System.Text;
using System.Text.Json;
using Assay.Experiments;

namespace Assay.Evaluation;

/// <summary>What a call will take, before it is made. Tokens are counted by the endpoint only; these are guesses from the number of bytes, and said to be.</summary>
internal static class CostEstimate
{
    /// <summary>Where neither <c>max_tokens</c> nor <c>max_completion_tokens</c> is set.</summary>
    public const int AssumedOutputTokens = 300;
    private const int CautiousOutputTokens = 2048;

    public static long InputTokens(ModelCall call)
    {
        long bytes = call.Tools is { } tools ? tools.GetRawText().Length : 0;
        foreach (var turn in call.Messages) bytes += Encoding.UTF8.GetByteCount(turn.Content) + 16;
        return (bytes + 3) / 4;
    }

    public static long OutputTokens(ModelCall call) => Math.Min(Limit(call) ?? AssumedOutputTokens, AssumedOutputTokens);

    /// <summary>Expected cost; null when the price is unknown.</summary>
    public static double? Expected(ModelCall call, ModelPrice? price) => PriceTable.Cost(price, InputTokens(call), null, OutputTokens(call), 1000);

    /// <summary>A cost that a call hardly exceeds: for reservations.</summary>
    public static double? Cautious(ModelCall call, ModelPrice? price) => PriceTable.Cost(price, InputTokens(call) * 3 / 2 + 16, null, Limit(call) ?? CautiousOutputTokens, 60_000);

    private static long? Limit(ModelCall call)
    {
        foreach (var name in (string[])["max_completion_tokens", "max_tokens"])
            if (call.Parameters.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var limit)) return limit;
        return null;
    }
}
