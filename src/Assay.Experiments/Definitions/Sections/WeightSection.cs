using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Experiments.Reading;

/// <summary>Weights and ranges of the variants, as declared, become fixed ranges of buckets.</summary>
internal static class WeightSection
{
    private const double Tolerance = 0.001;

    public sealed record Share(double? Weight, ImmutableArray<BucketRange> Ranges, bool IsBroken);

    public static Share Take(Section item)
    {
        var weight = item.Number("weight", n => n >= 0, "a number, not negative");
        var broken = item.Has("weight") && weight is null;
        var ranges = ImmutableArray.CreateBuilder<BucketRange>();
        foreach (var (node, path) in item.List("ranges"))
        {
            if (Range(node, path, item.Source) is { } range) ranges.Add(range);
            else broken = true;
            if (broken) break;
        }
        ranges.Sort((a, b) => a.Low.CompareTo(b.Low));
        return new Share(weight, ranges.ToImmutable(), broken);
    }

    /// <summary>A range inside [0, 1], low not above high; null, with a problem, when it is not one.</summary>
    public static BucketRange? Range(Node node, string path, Source source)
    {
        if (node is SequenceNode { Items: [ScalarNode low, ScalarNode high] }
            && Scalars.TryNumber(low, out var from) && Scalars.TryNumber(high, out var to))
        {
            if (from >= 0 && to <= 1 && from <= to) return new BucketRange(from, to);
            source.Error("range", node.Line, path, string.Create(CultureInfo.InvariantCulture, $"[{from}, {to}] is not a range inside [0, 1]"));
        }
        else source.Error("range", node.Line, path, "a range is a list of two numbers", "[0, 0.5]");
        return null;
    }

    public static IReadOnlyList<Share> Resolve(Section experiment, List<Section> items, List<Share> shares, HashKind hash)
    {
        if (items.Count == 0 || shares.Exists(s => s.IsBroken)) return shares.ConvertAll(_ => new Share(0, [], true)).ConvertAll(Known);
        var resolved = shares.Exists(s => !s.Ranges.IsEmpty) ? FromRanges(experiment, items, shares) : FromWeights(experiment, items, shares, hash);
        for (var i = 0; i < resolved.Count; i++)
            if (resolved[i].Ranges.Sum(r => r.Width) == 0 && !experiment.Source.Problems.HasErrors)
                items[i].Warning("weight-zero", "weight", "this variant gets no units");
        return resolved;
    }

    private static List<Share> FromWeights(Section experiment, List<Section> items, List<Share> shares, HashKind hash)
    {
        if (shares.TrueForAll(s => s.Weight is null))
            shares = shares.ConvertAll(s => s with { Weight = 1 });
        for (var i = 0; i < shares.Count; i++)
            if (shares[i].Weight is null) items[i].Missing("weight", "give every variant a weight, or none");
        var weights = shares.Select(s => s.Weight ?? 0).ToArray();
        var sum = weights.Sum();
        if (sum == 0) experiment.Error("weights-zero", "variants", "all weights are 0");
        var areDecimals = Math.Abs(sum - 1) <= Tolerance;
        // Whole numbers, or numbers above 1, are ratios; other decimals that miss 1 are a slip, not a ratio.
        var areRatios = weights.All(w => w == Math.Floor(w)) || weights.Any(w => w > 1);
        if (sum > 0 && !areDecimals && !areRatios)
            experiment.Error("weights-sum", "variants", string.Create(CultureInfo.InvariantCulture, $"the weights sum to {sum:0.####}, not to 1 ± 0.001"), "decimals must sum to 1; for ratios write whole numbers, such as 1 and 1");
        if (sum == 0) return shares.ConvertAll(Known);
        // GrowthBook's SDKs use decimals as they are: a sum of .9999 leaves the last buckets without a variant.
        var isExact = hash == HashKind.GrowthBookV2 && areDecimals;
        var ranges = BucketRanges.FromWeights([.. weights.Select(w => isExact ? w : w / sum)]);
        if (!isExact || sum > 1) Close(ranges);
        return [.. ranges.Select((r, i) => new Share(weights[i] / sum, [r], false))];
    }

    /// <summary>Rounding must not leave the last buckets without a variant, nor exceed 1.</summary>
    private static void Close(BucketRange[] ranges)
    {
        var last = Array.FindLastIndex(ranges, r => r.Width > 0);
        for (var i = last; i < ranges.Length; i++) ranges[i] = new BucketRange(i == last ? ranges[i].Low : 1, 1);
    }

    private static List<Share> FromRanges(Section experiment, List<Section> items, List<Share> shares)
    {
        var ranges = shares.ConvertAll(s => s.Ranges);
        var open = Enumerable.Range(0, shares.Count).Where(i => shares[i].Ranges.IsEmpty).ToList();
        if (open.Count > 0)
        {
            var cumulative = Cumulative(shares);
            var all = ranges.Select((r, i) => r.IsEmpty ? (cumulative is null ? [] : [cumulative[i]]) : r).ToList();
            var free = Complement(ranges.SelectMany(r => r));
            if (cumulative is not null && Overlap(all) is null) ranges = all;
            else if (open.Count == 1 && (shares[open[0]].Weight is not { } w || Math.Abs(free.Sum(r => r.Width) - w) <= Tolerance)) ranges[open[0]] = free;
            else if (open.Count == 1) ranges = all;
            else items[open[0]].Missing("ranges", "give every variant ranges, or leave them out for exactly one, which takes the rest");
        }
        if (Overlap(ranges) is { } both)
            items[both.Second].Error("ranges-overlap", "ranges", string.Create(CultureInfo.InvariantCulture, $"[{both.Range.Low}, {both.Range.High}] overlaps a range of variants[{both.First}]"));
        var total = ranges.Sum(r => r.Sum(x => x.Width));
        if (total == 0) experiment.Error("weights-zero", "variants", "the ranges of all variants are empty");
        return [.. ranges.Select((r, i) => new Share(WeightOf(r, total, shares[i].Weight), r, false))];
    }

    /// <summary>The declared weight where it says the same: rounding must not make two readings of one definition differ.</summary>
    private static double WeightOf(ImmutableArray<BucketRange> ranges, double total, double? declared)
    {
        var share = total == 0 ? 0 : ranges.Sum(r => r.Width) / total;
        return declared is { } weight && Math.Abs(weight - share) < 1e-9 ? weight : share;
    }

    /// <summary>Ranges from decimal weights in the order of the variants; null when a variant has none, or they exceed 1.</summary>
    private static BucketRange[]? Cumulative(List<Share> shares)
    {
        var weights = shares.Select(s => s.Weight ?? (s.Ranges.IsEmpty ? double.NaN : s.Ranges.Sum(r => r.Width))).ToArray();
        return weights.Any(double.IsNaN) || weights.Sum() > 1 + Tolerance ? null : BucketRanges.FromWeights(weights);
    }

    private static ImmutableArray<BucketRange> Complement(IEnumerable<BucketRange> taken)
    {
        var free = ImmutableArray.CreateBuilder<BucketRange>();
        var position = 0.0;
        foreach (var range in taken.OrderBy(r => r.Low))
        {
            if (range.Low > position) free.Add(new BucketRange(position, range.Low));
            position = Math.Max(position, range.High);
        }
        if (position < 1) free.Add(new BucketRange(position, 1));
        return free.ToImmutable();
    }

    private static (int First, int Second, BucketRange Range)? Overlap(List<ImmutableArray<BucketRange>> ranges)
    {
        var sorted = ranges.SelectMany((r, i) => r.Select(x => (Range: x, Variant: i))).Where(x => x.Range.Width > 0).OrderBy(x => x.Range.Low).ToList();
        for (var i = 1; i < sorted.Count; i++)
            if (sorted[i].Range.Low < sorted[i - 1].Range.High - 1e-12)
                return (sorted[i - 1].Variant, sorted[i].Variant, sorted[i].Range);
        return null;
    }

    private static Share Known(Share share) => share with { Weight = share.Weight ?? 0 };
}
