using System.Globalization;

namespace Assay.Experiments.Reading;

/// <summary>How enums are written in definitions; read and written from the same tables.</summary>
internal static class Names
{
    public static readonly Dictionary<string, UnitKind> Units = Camel<UnitKind>();
    public static readonly Dictionary<string, MetricType> MetricTypes = Camel<MetricType>();
    public static readonly Dictionary<string, AggregateKind> Aggregates = Camel<AggregateKind>();
    public static readonly Dictionary<string, Direction> Directions = Camel<Direction>();
    public static readonly Dictionary<string, MissingRule> MissingRules = Camel<MissingRule>();
    public static readonly Dictionary<string, PrimaryRule> PrimaryRules = Camel<PrimaryRule>();
    public static readonly Dictionary<string, GuardrailAction> Actions = Camel<GuardrailAction>();
    public static readonly Dictionary<string, SystemPromptMode> PromptModes = Camel<SystemPromptMode>();

    public static readonly Dictionary<string, HashKind> Hashes = new(StringComparer.Ordinal)
    {
        ["sha256"] = HashKind.Sha256,
        ["growthbook-v2"] = HashKind.GrowthBookV2,
        ["md5-10000"] = HashKind.Md5Mod10000,
    };

    public static readonly Dictionary<string, PlanMethod> PlanMethods = new(StringComparer.Ordinal)
    {
        ["group-sequential"] = PlanMethod.GroupSequential,
        ["hybrid"] = PlanMethod.Hybrid,
    };

    public static readonly Dictionary<string, CorrectionKind> Corrections = new(StringComparer.Ordinal)
    {
        ["none"] = CorrectionKind.None,
        ["bonferroni"] = CorrectionKind.Bonferroni,
        ["holm"] = CorrectionKind.Holm,
        ["hochberg"] = CorrectionKind.Hochberg,
        ["benjamini-hochberg"] = CorrectionKind.BenjaminiHochberg,
        ["benjamini-yekutieli"] = CorrectionKind.BenjaminiYekutieli,
    };

    public static readonly Dictionary<string, ThetaKind> Thetas = new(StringComparer.Ordinal)
    {
        ["within-arm"] = ThetaKind.WithinArm,
        ["total"] = ThetaKind.Total,
    };

    public static string Of<T>(this Dictionary<string, T> names, T value) where T : struct => names.First(n => n.Value.Equals(value)).Key;

    private static Dictionary<string, T> Camel<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(v => v.ToString().ToLower(CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
