using System.Text;

namespace Assay.Experiments;

/// <summary>
/// Decides which variant a unit gets, as a pure function of the experiment, the unit and its attributes: audience, then layer,
/// then exposure, then variant. Immutable and safe for concurrent use; build it once per experiment version and exposure.
/// </summary>
/// <remarks>
/// Hash domains (docs/concepts/assignment.md). <c>sha256</c>: variant <c>salt + unit</c>, exposure <c>salt + ":exposure:" + unit</c>.
/// <c>md5-10000</c>: variant <c>salt + ":" + unit</c>, exposure <c>salt + ":exposure:" + unit</c>. Layer of both: SHA-256 of
/// <c>"layer:" + layer + ":" + unit</c>. <c>growthbook-v2</c>: one hash, exposure is coverage inside the ranges, the layer is a namespace.
/// No decision allocates.
/// </remarks>
public sealed class ExperimentAssigner
{
    private readonly HashKind hash;
    private readonly string salt;
    private readonly byte[] variantPrefix;
    private readonly byte[] exposurePrefix;
    private readonly byte[]? layerPrefix;
    private readonly string? layer;
    private readonly BucketRange layerRange;
    private readonly AudienceCondition? where;
    private readonly BucketRange[] ranges;
    private readonly int[] variantOfRange;
    private readonly double[] propensities;

    /// <param name="experiment">A validated experiment.</param>
    /// <param name="exposure">Overrides <see cref="Experiment.Exposure"/>, for the current rollout stage; in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">exposure is outside [0, 1].</exception>
    /// <exception cref="ArgumentException">The audience's condition does not parse (never so for what the definition reader returned).</exception>
    public ExperimentAssigner(Experiment experiment, double? exposure = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Experiment = experiment;
        Exposure = exposure ?? experiment.Exposure;
        if (!(Exposure is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(exposure), Exposure, "must be in [0, 1]");
        hash = experiment.Hash;
        salt = experiment.Salt;
        variantPrefix = Encoding.UTF8.GetBytes(hash == HashKind.Md5Mod10000 ? salt + ":" : salt);
        exposurePrefix = Encoding.UTF8.GetBytes(salt + ":exposure:");
        layer = experiment.Audience.Layer;
        layerRange = experiment.Audience.LayerRange;
        layerPrefix = layer is null ? null : Encoding.UTF8.GetBytes("layer:" + layer + ":");
        where = Compile(experiment.Audience.Where);

        var coverage = hash == HashKind.GrowthBookV2 ? Exposure : 1;
        var all = experiment.Variants.SelectMany((v, i) => v.Ranges.Select(r => (Range: r, Variant: i))).ToArray();
        ranges = [.. all.Select(a => a.Range with { High = coverage == 1 ? a.Range.High : a.Range.Low + coverage * a.Range.Width })];
        variantOfRange = [.. all.Select(a => a.Variant)];
        propensities = [.. experiment.Variants.Select(v => Exposure * v.Ranges.Sum(r => r.Width))];
    }

    public Experiment Experiment { get; }

    /// <summary>The share of the eligible units that enters.</summary>
    public double Exposure { get; }

    /// <summary>The decision for one unit. Never throws for any unit or attributes.</summary>
    /// <param name="unit">The unit's id; empty gives <see cref="AssignmentReason.NoUnit"/>.</param>
    /// <param name="attributes">What is known of it now.</param>
    public AssignmentDecision Decide(ReadOnlySpan<char> unit, UnitAttributes attributes)
    {
        if (unit.IsEmpty) return None(AssignmentReason.NoUnit);
        if (where is not null && !where.Evaluate(attributes)) return None(AssignmentReason.NotInAudience);
        if (layer is not null && !layerRange.Contains(LayerBucket(unit))) return None(AssignmentReason.ExcludedByLayer);
        var bucket = VariantBucket(unit);
        if (hash != HashKind.GrowthBookV2 && Exposure < 1 && ExposureBucket(unit) >= Exposure)
            return None(AssignmentReason.NotExposed, bucket);
        var range = BucketRanges.Choose(bucket, ranges);
        if (range < 0) return None(AssignmentReason.NotExposed, bucket);
        var variant = variantOfRange[range];
        return new AssignmentDecision(variant, bucket, propensities[variant], AssignmentReason.Assigned);
    }

    /// <summary>The bucket that chooses the variant, in [0, 1), whether or not the unit is exposed.</summary>
    public double VariantBucket(ReadOnlySpan<char> unit) => hash switch
    {
        HashKind.GrowthBookV2 => GrowthBookHash.Version2(salt, unit),
        HashKind.Md5Mod10000 => DigestBucket.Md5Mod10000(variantPrefix, unit),
        _ => DigestBucket.Sha256(variantPrefix, unit),
    };

    private double ExposureBucket(ReadOnlySpan<char> unit) =>
        hash == HashKind.Md5Mod10000 ? DigestBucket.Md5Mod10000(exposurePrefix, unit) : DigestBucket.Sha256(exposurePrefix, unit);

    private double LayerBucket(ReadOnlySpan<char> unit) =>
        hash == HashKind.GrowthBookV2 ? GrowthBookHash.NamespaceBucket(unit, layer) : DigestBucket.Sha256(layerPrefix, unit);

    private static AssignmentDecision None(AssignmentReason reason, double bucket = -1) => new(-1, bucket, 0, reason);

    private static AudienceCondition? Compile(string? text)
    {
        if (text is null) return null;
        var parsed = AudienceCondition.Parse(text);
        return parsed.Condition ?? throw new ArgumentException($"audience.where: {parsed.Problem} (column {parsed.Column})", nameof(text));
    }
}
