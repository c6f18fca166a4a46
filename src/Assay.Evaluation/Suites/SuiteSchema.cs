using System.Text.Json.Nodes;
using Assay.Evaluation.Cases;
using Assay.Experiments;
using Assay.Experiments.Reading;
using static Assay.Experiments.SchemaParts;

namespace Assay.Evaluation;

/// <summary>JSON Schema (2020-12) of a suite, for editors; the reader checks what a schema cannot say.</summary>
public static class SuiteSchema
{
    public static string Text { get; } = Create().ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, TypeInfoResolver = DefinitionJsonContext.Default });

    private static JsonObject Create()
    {
        var root = SchemaParts.Object("An arena suite.",
        [
            ("suite", String("Name: letters, digits, '-', '_' and '.'.")),
            ("variants", List("Who answers; the first is the control.", Variant())),
            ("experiment", Either("Take the variants of an experiment.", String(), SchemaParts.Object(null, [("file", String()), ("key", String())], "file"))),
            ("cases", Either("The golden set: files (JSON lines, YAML, CSV, Parquet), or the cases themselves.", String(), CasesFile(), List(null, Either(null, String(), CasesFile(), Case())))),
            ("checks", List("For every case.", Check())),
            ("judges", List("Models that judge.", Judge())),
            ("embeddings", SchemaParts.Object("Where embedding checks get their vectors.", [("upstream", String()), ("model", String())], "upstream", "model")),
            ("gate", Gate()),
            ("run", SchemaParts.Object("How answers are fetched.",
            [
                ("repeats", Integer("Answers per case and variant.", 1)),
                ("concurrency", Integer("Calls at once.", 1)),
                ("requestsPerMinute", Number("Per upstream.", 0)),
                ("timeout", Duration("Of one try.")),
                ("retries", Integer("Tries after the first.", 0)),
                ("seed", Integer("Sent where unset; repeat n is sent seed + n.", 0)),
            ])),
            .. SharedSchema.Properties().Where(p => p.Key is "upstreams" or "prices"),
            ("include", OneOrMany(String("A file whose documents are shared, relative to this one."))),
            ("hypothesis", String("What is expected, in words.")),
            ("owner", String("Who answers for it.")),
            ("description", String("For people.")),
        ], "suite", "cases");
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        root["title"] = "Assay arena suite";
        return root;
    }

    private static JsonObject Variant() => SchemaParts.Object("A model with its settings, an application, or recorded answers.",
    [
        ("key", String("Letters, digits, '-', '_' and '.'.")),
        ("upstream", String("Who serves it.")),
        ("model", String("The model asked for.")),
        ("system", Either("The system message; {{name}} is filled in.", String(), SchemaParts.Object(null, [("text", String()), ("file", String()), ("mode", OneOf("What happens to the case's own.", Names.PromptModes.Keys))]))),
        ("prompt", Either("In place of the case's messages; {{input}}, {{context}} and variables are filled in.", String(), SchemaParts.Object(null, [("file", String())], "file"), List(null, Turn()))),
        ("promptVersion", String("A label.")),
        ("parameters", Free("Body fields; null leaves out what would be sent: temperature 0 and the seed.")),
        ("tools", Either("The tools of the request, or a file that holds them.", String(), List(null, []))),
        ("config", Free("Opaque; sent to applications.")),
        ("context", Either("Documents in place of the case's own: a list, or a file with a row {id, context} per case.", String(), List(null, String()))),
        ("http", SchemaParts.Object("An application that answers over HTTP.", [("url", String()), ("body", Free("Template; {{input}}, {{messages}}, {{vars}}, {{context}}.")), ("answerPath", String("Such as choices[0].text.")), ("contextPath", String("Of the retrieved documents.")), ("keyEnv", String("Variable that holds a bearer token."))], "url")),
        ("command", Either("A program that reads the case as JSON and prints the answer.", String(), List(null, String()))),
        ("outputs", String("Recorded answers by case id: rows {id, output}.")),
        ("weight", Number("Of live traffic; no effect here.", 0)),
        ("ranges", Free("Of live traffic; no effect here.")),
    ], "key");

    private static JsonObject Turn() => SchemaParts.Object(null, [("role", OneOf("Who speaks.", ["system", "developer", "user", "assistant", "tool"])), ("content", Either(null, String(), List(null, [])))], "role");

    private static JsonObject CasesFile() => SchemaParts.Object("A file and which of its fields is what.", [("file", String()), ("columns", SchemaParts.Object("Key of a case to the field that holds it; other fields become variables.", [.. CaseSection.Keys.Select(k => (k, String()))]))], "file");

    private static JsonObject Case() => SchemaParts.Object("A case.",
    [
        ("id", String("Unique; its number unless said otherwise.")),
        ("input", Free("A user turn.")),
        ("messages", List("A conversation; a last assistant turn is the expected answer.", Turn())),
        ("vars", Free("Values of {{name}}.")),
        ("expected", Free("The reference answer.")),
        ("context", OneOrMany(String("A document."))),
        ("criteria", OneOrMany(String("What a good answer has, does or avoids, for judges with mode: criteria."))),
        ("tags", OneOrMany(String("A segment."))),
        ("cluster", String("What is sampled together.")),
        ("checks", List("Beside the suite's.", Check())),
    ]);

    private static JsonObject Check()
    {
        var check = SchemaParts.Object("A check; other keys are its arguments (docs/concepts/checks.md).", [("type", OneOf("Which.", CheckCatalog.Names.SelectMany(n => (string[])[n, "not-" + n]))), ("weight", Number("Share in the score.", 0)), ("metric", String("Reported under this name."))], "type");
        check["additionalProperties"] = true;
        return check;
    }

    private static JsonObject Judge() => SchemaParts.Object("A judge.",
    [
        ("key", String("First part of its metrics.")), ("upstream", String()), ("model", String()),
        ("panel", List("Several models instead of one.", SchemaParts.Object(null, [("upstream", String()), ("model", String())], "model"))),
        ("panelRule", OneOf("How they become one.", ["mean", "vote"])), ("rubric", String("A rubric's file.")), ("preset", OneOf("A rubric that comes with Assay.", Presets.Names)),
        ("mode", OneOf("What it is asked.", ["score", "pairwise", "faithfulness", "answer-relevance", "context-precision", "context-recall", "criteria"])),
        ("orders", OneOf("Of pairs.", ["random", "both"])), ("pairs", OneOf("Which answers are compared: each with the control's, or each with each.", ["control", "round"])), ("form", OneOf("Of its replies.", ["json", "final-line"])), ("repeats", Integer("Verdicts per answer.", 1)),
        ("logProbabilities", Free("true: weight scores by token probabilities.")), ("parameters", Free("Body fields.")), ("calibration", String("A file that assay judge calibrate wrote.")),
    ], "key");

    private static JsonObject Gate() => SchemaParts.Object("What a run must show.",
    [
        ("primary", String("The metric that decides.")),
        ("margin", Number("How much worse is tolerated, in its unit.", 0)),
        ("minimumWinRateLower", Number("What the win rate's lower bound must reach.", 0, 1)),
        ("mustPass", OneOrMany(String("A metric, a tag or a case of which every answer must pass."))),
        ("maxCostUsd", Number("Of the whole run.", 0)),
        ("maxCostPerAnswerUsd", Number("Mean of a treatment.", 0)),
        ("maxLatencyP95Ms", Number("Of a treatment.", 0)),
        ("requireCalibratedJudge", Free("true: a judge without a calibration makes the run invalid.")),
        ("alpha", Number("Two-sided level.", 0, 1)),
    ]);
}
