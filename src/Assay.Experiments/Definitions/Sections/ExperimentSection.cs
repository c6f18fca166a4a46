using System.Text.RegularExpressions;

namespace Assay.Experiments.Reading;

/// <summary>A document that declares an experiment.</summary>
internal static partial class ExperimentSection
{
    private static readonly string[] ChangeWhoGetsWhat = ["allocation", "holdout", "prerequisites", "forced", "schedule", "design"];
    private static readonly string[] WithoutEffect = ["evaluate", "inline", "store", "notify"];

    public static IEnumerable<string> Reserved => ChangeWhoGetsWhat.Concat(WithoutEffect);

    public static Experiment Read(Section item, DefinitionContext context)
    {
        var key = item.RequiredText("key") ?? "";
        if (key.Length > 0 && !Key().IsMatch(key)) item.Error("key-format", "key", $"'{key}' is not an experiment key", "lower-case letters, digits and '-'");
        var hash = item.OneOf("hash", Names.Hashes) ?? HashKind.Sha256;
        var salt = item.Take("salt") is null ? key : item.Text("salt") ?? key;
        var unit = item.OneOf("unit", Names.Units) ?? UnitKind.Conversation;
        var plan = PlanSection.Read(item, context);
        var guardrails = GuardrailSection.Read(item, context);
        var experiment = new Experiment
        {
            Key = key,
            Hypothesis = item.Text("hypothesis"),
            Owner = item.Text("owner"),
            Unit = unit,
            Route = item.Text("route"),
            Hash = hash,
            Salt = salt,
            Variants = VariantSection.Read(item, hash, context),
            Audience = AudienceSection.Read(item),
            Exposure = item.Number("exposure", n => n is >= 0 and <= 1, "a share in [0, 1]") ?? 1,
            Plan = plan,
            Guardrails = guardrails,
            Metrics = RoleSection.Read(item, guardrails, plan, unit, context),
            Segments = SegmentSection.Read(item),
            Rollout = RolloutSection.Read(item),
            DefinitionHash = "",
        };
        foreach (var later in ChangeWhoGetsWhat) item.Later(later, changesWhoGetsWhat: true);
        foreach (var later in WithoutEffect) item.Later(later);
        ExperimentAdvice.Give(item, experiment, context);
        var first = experiment.MetricsOf(MetricRole.Primary).FirstOrDefault();
        foreach (var primary in experiment.MetricsOf(MetricRole.Primary)) PlanSection.CheckAgainstPrimary(item.Map("plan"), plan, primary.Metric, primary == first);
        BayesianSection.Check(item.Map("plan"), plan, [.. experiment.MetricsOf(MetricRole.Primary).Select(m => m.Metric)]);
        return experiment;
    }

    [GeneratedRegex("^[a-z0-9-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
