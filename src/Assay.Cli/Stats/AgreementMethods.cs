using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class AgreementMethods
{
    private static readonly string[] KappaKeys = ["agreement", "agreementLow", "agreementHigh", "kappa", "standardError", "low", "high", "linear", "linearLow", "linearHigh", "quadratic", "quadraticLow", "quadraticHigh", "items"];
    private static readonly string[] FleissKeys = ["kappa", "standardError", "low", "high", "agreement", "items"];
    private static readonly string[] AlphaKeys = ["nominal", "nominalLow", "nominalHigh", "ordinal", "ordinalLow", "ordinalHigh", "interval", "intervalLow", "intervalHigh", "ratio", "ratioLow", "ratioHigh", "items"];

    public static IEnumerable<StatsMethod> All =>
    [
        new("cohens-kappa", "agreement of two raters beyond chance, plain and weighted; categories are whole numbers from 0",
            """{"raterA": [1, 0, 2, 1, 2, 0], "raterB": [1, 0, 2, 2, 2, 0]}""", RunKappa),
        new("fleiss-kappa", "agreement of several raters; a row per item with the number of raters in each category",
            """{"counts": [[3, 0], [2, 1], [0, 3], [3, 0]]}""", RunFleiss),
        new("krippendorff-alpha", "agreement of any number of raters with gaps, on four scales; a row per rater, null where there is no rating",
            """{"ratings": [[1, 2, 3, 3, null], [1, 2, 3, 2, 4], [null, 2, 3, 3, 4]]}""", RunAlpha),
    ];

    private static JsonObject RunKappa(StatsInput input)
    {
        int[] a = [.. input.Counts("raterA").Select(c => (int)Math.Min(c, 10_000))], b = [.. input.Counts("raterB").Select(c => (int)Math.Min(c, 10_000))];
        if (a.Length != b.Length) throw new UsageException($"raterB: has {b.Length} elements, but raterA has {a.Length}");
        var categories = (int)input.NumberOr("categories", Math.Max(2, Math.Max(a.DefaultIfEmpty().Max(), b.DefaultIfEmpty().Max()) + 1));
        Estimated<AgreementEstimate> Of(KappaWeights weights) => CohensKappa.Estimate(a, b, categories, weights, input.Alpha);
        return StatsOutput.Of(Of(KappaWeights.Unweighted), KappaKeys, (output, r) =>
        {
            output
                .Add("agreement", r.ObservedAgreement)
                .Add("agreementLow", "agreementHigh", Wilson.Interval(new Proportion(a.Zip(b).Count(p => p.First == p.Second), a.Length), input.Alpha))
                .Add("kappa", r.Coefficient).Add("standardError", r.StandardError).Add("low", r.Interval.Map(i => i.Low)).Add("high", r.Interval.Map(i => i.High))
                .Add("items", r.Items).Add("note", Note(r));
            Weighted("linear", Of(KappaWeights.Linear));
            Weighted("quadratic", Of(KappaWeights.Quadratic));

            void Weighted(string name, Estimated<AgreementEstimate> weighted)
            {
                var interval = weighted.IsEstimable ? weighted.Value.Interval : new NotEstimable(weighted.Reason!);
                output.Add(name, weighted.Map(w => w.Coefficient)).Add(name + "Low", interval.Map(i => i.Low)).Add(name + "High", interval.Map(i => i.High));
            }
        });
    }

    private static JsonObject RunFleiss(StatsInput input)
    {
        int[][] counts = [.. input.Rows("counts").Select((row, i) => row.Select(c =>
            c is >= 0 and < int.MaxValue && c == Math.Floor(c.Value) ? (int)c : throw new UsageException($"counts[{i}]: must hold whole numbers")).ToArray())];
        return StatsOutput.Of(FleissKappa.Estimate(counts, input.Alpha), FleissKeys, (output, r) => output
            .Add("kappa", r.Coefficient).Add("standardError", r.StandardError).Add("low", r.Interval.Map(i => i.Low)).Add("high", r.Interval.Map(i => i.High))
            .Add("agreement", r.ObservedAgreement).Add("items", r.Items).Add("note", Note(r)));
    }

    private static JsonObject RunAlpha(StatsInput input)
    {
        var ratings = input.Rows("ratings");
        Estimated<AgreementEstimate> Of(RatingScale scale) => KrippendorffAlpha.Estimate(ratings, scale, input.Alpha);
        return StatsOutput.Of(Of(RatingScale.Nominal), AlphaKeys, (output, nominal) =>
        {
            Add("nominal", nominal);
            Add("ordinal", Of(RatingScale.Ordinal));
            Add("interval", Of(RatingScale.Interval));
            Add("ratio", ratings.Any(row => row.Any(r => r < 0)) ? new NotEstimable("a ratio scale has no negative ratings") : Of(RatingScale.Ratio));
            output.Add("items", nominal.Items).Add("note", Note(nominal));

            void Add(string name, Estimated<AgreementEstimate> r)
            {
                output.Add(name, r.Map(a => a.Coefficient));
                var interval = r.IsEstimable ? r.Value.Interval : new NotEstimable(r.Reason!);
                output.Add(name + "Low", interval.Map(i => i.Low)).Add(name + "High", interval.Map(i => i.High));
            }
        });
    }

    private static string Note(AgreementEstimate r) => r.TooFewToTell ? "too few to tell: fewer than 30 items" : "read the coefficient with its interval";
}
