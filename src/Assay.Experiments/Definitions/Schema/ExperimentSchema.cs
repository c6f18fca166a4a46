using System.Text.Json.Nodes;
using Assay.Experiments.Reading;
using static Assay.Experiments.SchemaParts;

namespace Assay.Experiments;

/// <summary>The keys of an experiment.</summary>
internal static class ExperimentSchema
{
    public static IEnumerable<(string Key, JsonObject Schema)> Properties() =>
    [
        ("key", String("Name of the experiment: lower-case letters, digits and '-'.")),
        ("hypothesis", String("What is expected, in words; not part of the definition's hash.")),
        ("owner", String("Who answers for it; not part of the definition's hash.")),
        ("unit", OneOf("What is randomised and analysed; conversation unless said otherwise.", Names.Units.Keys)),
        ("route", String("The model name that clients ask the gateway for.")),
        ("hash", OneOf("How a unit becomes a bucket; sha256 unless said otherwise.", Names.Hashes.Keys)),
        ("salt", String("Input of the hash; the key unless said otherwise.")),
        ("variants", List("At least two; the first is the control.", Variant())),
        ("audience", Object("Who is eligible.",
        [
            ("where", String("Condition over attributes, such as plan == 'pro' and country in ['DE','FR'].")),
            ("layer", String("Experiments in one layer with disjoint slices exclude each other.")),
            ("layerRange", Range("The slice of the layer.")),
        ])),
        ("exposure", Number("Share of the eligible units that enter.", 0, 1)),
        ("plan", Plan()),
        ("segments", List("Attributes by whose values effects are broken down.", Either(null, String(), Object(null,
        [
            ("attribute", String()),
            ("critical", Map("Value to the loss it may not exceed.", Object(null, [("maxLoss", Number("In the primary's unit.", 0))], "maxLoss"))),
        ], "attribute")))),
        ("guardrails", List("Limits that a variant must keep.", Guardrail())),
        ("rollout", List("The ladder of stages.", Object(null,
        [
            ("stage", OneOf("Which rung.", RolloutSection.Stages)),
            ("exposure", Number("Share of the audience that is exposed.", 0, 1)),
            ("for", Duration("How long.")),
            ("skip", String("Why it is left out.")),
            ("suite", String("Of offline: the suite's file.")),
            ("sample", Number("Of shadow: share of the requests that are mirrored.", 0, 1)),
            ("until", OneOf("Of ab.", ["planned"])),
        ], "stage"))),
        .. ExperimentSection.Reserved.Select(later => (later, Free("Reserved: not yet supported."))),
    ];

    public static JsonObject Roles() => Object("Which metric has which role.",
    [
        ("primary", OneOrMany(String("What the verdict is about."))),
        ("guardrails", OneOrMany(String("What must not get worse."))),
        ("secondary", OneOrMany(String("What helps to understand."))),
    ]);

    private static JsonObject Variant() => Object(null,
    [
        ("key", String("Letters, digits, '-', '_' and '.'.")),
        ("weight", Number("A ratio, or a decimal; decimals sum to 1.", 0)),
        ("ranges", List("Buckets, instead of a weight.", Range(null))),
        ("upstream", String("Who serves it.")),
        ("model", String("The model asked for.")),
        ("system", Either("The system message.", Object(null,
        [
            ("text", String("The text itself; {{name}} is filled in.")),
            ("file", String("A file that holds the text, relative to this one.")),
            ("mode", OneOf("What happens to the request's own.", Names.PromptModes.Keys)),
        ]), String())),
        ("promptVersion", String("A label.")),
        ("parameters", Free("Body fields to set on the request.")),
        ("tools", Either("The tools of the request, or a file that holds them.", String(), List(null, []))),
        ("config", Free("Opaque; handed to the application.")),
    ], "key");

    private static JsonObject Plan() => Object("How the data will be judged.",
    [
        ("method", OneOf("When the primaries may decide: at registered looks; or harm at any time and benefit once, at the planned end.", Names.PlanMethods.Keys)),
        ("alpha", Number("Two-sided significance level, a probability.", 0, 1)),
        ("power", Number("Probability of detecting the minimum effect.", 0, 1)),
        ("minimumEffect", Either("The smallest effect worth having.", Object(null, [("relative", Number("Fraction of the control's value.", 0))], "relative"), Number("In the metric's unit.", 0))),
        ("baseline", Number("Expected value of the control.")),
        ("sd", Number("Expected standard deviation of the primary.", 0)),
        ("looks", Either("Registered looks: how many, or at which information fractions.", Integer("How many.", 1), List(null, Number(null, 0, 1)))),
        ("spending", Either("How alpha is spent over the looks.", Object(null, [("name", String()), ("parameter", Number(null))], "name"), String())),
        ("futility", Either("How beta is spent on giving up when the planned effect has become implausible; nobody has to obey.", Object(null, [("name", String()), ("parameter", Number(null))], "name"), String())),
        ("boundaries", List("Critical values of z, instead of spending.", Number(null, 0))),
        ("correction", OneOf("Of the secondary family.", Names.Corrections.Keys)),
        ("primaryRule", OneOf("With several primaries.", Names.PrimaryRules.Keys)),
        ("bayesian", Object("Shows the primaries the Bayesian way too; decides nothing.", [("priors", Map("By primary; one without is given a weakly informative prior, which the report prints.", Object("A beta prior of a proportion; a normal one of each arm's mean, or of the difference.",
        [
            ("alpha", Number("Of a beta prior.", 0)), ("beta", Number("Of a beta prior.", 0)),
            ("mean", Number("Of each arm.")), ("effect", Number("Of treatment − control.")), ("sd", Number("Standard deviation of the belief.", 0)),
        ])))])),
        ("minimumDays", Integer("The verdict waits at least so long.", 0)),
        ("burnIn", Duration("The time at the start that is left out.")),
        ("covariate", OneOrMany(Object("What was known before the first exposure.", [("attribute", String()), ("metric", String()), ("before", Duration("How long before."))]))),
        ("theta", OneOf("From which spread the covariates' coefficients are estimated; within-arm unless said otherwise.", Names.Thetas.Keys)),
        ("strata", Either("Attributes, known before the first exposure, by whose values arms are brought to the same mix; not beside a covariate.", String(), List(null, String()))),
    ]);

    private static JsonObject Guardrail() => Object(null,
    [
        ("metric", String()),
        ("max", Number("Largest tolerated value.")),
        ("min", Number("Smallest tolerated value.")),
        ("maxChange", Number("Largest tolerated difference to the control.")),
        ("minChange", Number("Smallest tolerated difference to the control.")),
        ("maxRelativeToControl", Number("Largest tolerated treatment / control.", 0)),
        ("minRelativeToControl", Number("Smallest tolerated treatment / control.", 0)),
        ("limitFrom", Free("Reserved: not yet supported.")),
        ("window", Duration("Over which time it is measured.")),
        ("consecutive", Integer("How many windows in a row.", 1)),
        ("action", OneOf("What happens then.", Names.Actions.Keys)),
        ("method", OneOf("How it is judged.", ["sequential", "fixed"])),
        ("minimumUnits", Integer("Not judged below.", 0)),
        ("cache", OneOf("Only requests of this kind.", ["warm", "cold"])),
    ], "metric");
}
