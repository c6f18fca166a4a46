using System.Globalization;
using System.Text;
using System.Xml;

namespace Assay.Evaluation;

/// <summary>
/// A report as JUnit XML: the gate's questions first, then every case of every treatment. It is red exactly when the gate does not pass: a case whose
/// checks fail is one of the many that the gate weighs, and stands as skipped, with what failed.
/// </summary>
public static class ArenaJUnit
{
    public static string Write(ArenaReport report, ArenaRun run)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(run);
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", report.Suite);
            Gate(xml, report);
            foreach (var variant in run.Suite.Variants.Skip(1)) Cases(xml, variant.Key, run);
            xml.WriteEndElement();
        }
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    private static void Gate(XmlWriter xml, ArenaReport report)
    {
        // Inconclusive is no pass: a build that only counts failures must not go green by it.
        Suite(xml, "gate", report.Reasons.Length, report.Reasons.Count(r => r.Outcome is GateOutcome.Fail or GateOutcome.Inconclusive), report.Reasons.Count(r => r.Outcome == GateOutcome.Invalid));
        foreach (var reason in report.Reasons)
        {
            Case(xml, "gate", string.Join(' ', new[] { reason.Code, reason.Metric, reason.Treatment }.Where(p => p is not null)), null);
            if (reason.Outcome == GateOutcome.Invalid) Problem(xml, "error", "invalid", reason.Text);
            else if (reason.Outcome != GateOutcome.Pass) Problem(xml, "failure", reason.Outcome.ToString().ToLowerInvariant(), reason.Text);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Cases(XmlWriter xml, string variant, ArenaRun run)
    {
        var scores = run.Scores.Where(s => s.Variant == variant).ToLookup(s => (s.Case, s.Repeat));
        var answers = run.Answers.Where(a => a.Variant == variant).ToList();
        var broken = answers.Count(a => a.Answer is null || scores[(a.Case, a.Repeat)].Any(s => s.Status != ScoreStatus.Scored));
        var failed = answers.Count(a => a.Answer is not null && scores[(a.Case, a.Repeat)].All(s => s.Status == ScoreStatus.Scored) && scores[(a.Case, a.Repeat)].Any(Fails));
        Suite(xml, variant, answers.Count, 0, broken);
        xml.WriteAttributeString("skipped", failed.ToString(CultureInfo.InvariantCulture));
        foreach (var answer in answers)
        {
            Case(xml, variant, run.Plan.Repeats == 1 ? answer.Case : string.Create(CultureInfo.InvariantCulture, $"{answer.Case} #{answer.Repeat + 1}"), answer.Answer?.LatencyMs);
            var own = scores[(answer.Case, answer.Repeat)].ToList();
            if (answer.Answer is null) Problem(xml, "error", "no-answer", answer.Detail ?? answer.Failure.ToString()!);
            else if (own.Find(s => s.Status != ScoreStatus.Scored) is { } missing) Problem(xml, "error", missing.Status.ToString().ToLowerInvariant(), $"{missing.Metric}: {missing.Reason}");
            else if (own.FindAll(Fails) is { Count: > 0 } fails) Problem(xml, "skipped", "check", string.Join("; ", fails.Where(f => f.Metric != SuiteMetrics.Accuracy).Select(f => $"{f.Metric}: {f.Reason}")));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static bool Fails(ScoreRow row) => row is { IsBinary: true, Value: 0 };

    private static void Suite(XmlWriter xml, string name, int tests, int failures, int errors)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", failures.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", errors.ToString(CultureInfo.InvariantCulture));
    }

    private static void Case(XmlWriter xml, string suite, string name, double? ms)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(suite));
        xml.WriteAttributeString("name", Clean(name));
        if (ms is { } known) xml.WriteAttributeString("time", (known / 1000).ToString("0.###", CultureInfo.InvariantCulture));
    }

    private static void Problem(XmlWriter xml, string element, string type, string message)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("message", Clean(message));
        xml.WriteEndElement();
    }

    // Answers hold anything; XML 1.0 does not.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(r => r.Value is 9 or 10 or 13 || r.Value >= 0x20 && r.Value is not (0xFFFE or 0xFFFF) ? r.ToString() : "\uFFFD"));
}
