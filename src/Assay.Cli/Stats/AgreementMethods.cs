using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Cli.Stats;

internal static class AgreementMethods
{
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
        var kappa = Of(KappaWeights.Unweighted);
        // Of the raters, not of kappa: there also when chance alone gives full agreement.
        var same = new Proportion(a.Zip(b).Count(p => p.First == p.Second), a.Length);
        Estimated<Interval> agreement = a.Length > 0 ? Wilson.Interval(same, input.Alpha) : new NotEstimable("there are no items");
        var output = new StatsOutput();
        AddInterval(output.Add("agreement", agreement.Map(_ => same.Rate)), "agreementLow", "agreementHigh", agreement);
        AddKappa(output, kappa).Add("items", a.Length).Add("note", Note(a.Length));
        Weighted("linear", Of(KappaWeights.Linear));
        Weighted("quadratic", Of(KappaWeights.Quadratic));
        return output.ToJson();

        void Weighted(string name, Estimated<AgreementEstimate> weighted) =>
            AddInterval(output.Add(name, weighted.Map(w => w.Coefficient)), name + "Low", name + "High", IntervalOf(weighted));
    }

    private static JsonObject RunFleiss(StatsInput input)
    {
        int[][] counts = [.. input.Rows("counts").Select((row, i) => row.Select(c =>
            c is >= 0 and < int.MaxValue && c == Math.Floor(c.Value) ? (int)c : throw new UsageException($"counts[{i}]: must hold whole numbers")).ToArray())];
        var agreement = RaterAgreement.Estimate(counts, input.Alpha);
        var output = AddKappa(new StatsOutput(), FleissKappa.Estimate(counts, input.Alpha)).Add("agreement", agreement.Map(a => a.Share));
        return AddInterval(output, "agreementLow", "agreementHigh", agreement.Map(a => a.Interval))
            .Add("items", counts.Length).Add("note", Note(counts.Length)).ToJson();
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
            output.Add("items", nominal.Items).Add("note", Note(nominal.Items));

            void Add(string name, Estimated<AgreementEstimate> r)
            {
                AddInterval(output.Add(name, r.Map(a => a.Coefficient)), name + "Low", name + "High", IntervalOf(r));
            }
        });
    }

    private static StatsOutput AddKappa(StatsOutput output, Estimated<AgreementEstimate> r) => AddInterval(
        output.Add("kappa", r.Map(k => k.Coefficient)).Add("standardError", r.IsEstimable ? r.Value.StandardError : new NotEstimable(r.Reason!)), "low", "high", IntervalOf(r));

    private static StatsOutput AddInterval(StatsOutput output, string low, string high, Estimated<Interval> interval) =>
        output.Add(low, interval.Map(i => i.Low)).Add(high, interval.Map(i => i.High));

    private static Estimated<Interval> IntervalOf(Estimated<AgreementEstimate> r) => r.IsEstimable ? r.Value.Interval : new NotEstimable(r.Reason!);

    private static string Note(int items) =>
        items < AgreementEstimate.EnoughItems ? $"too few to tell: fewer than {AgreementEstimate.EnoughItems} items" : "read the coefficient with its interval";
}
