using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Assay.Experiments;

namespace Assay.Cli.Stats;

/// <summary>The options that every form of <c>assay size</c> shares.</summary>
internal sealed class SizeOptions
{
    public Option<double> Alpha { get; } = Number("--alpha", 0.05, "Chance to claim a difference that is not there (two-sided).");
    public Option<double> Power { get; } = Number("--power", 0.8, "Chance to find the effect when it is there.");
    public Option<double> Ratio { get; } = Number("--ratio", 1, "Treatment units per control unit.");
    public Option<double?> Baseline { get; } = Optional("--baseline", "P", "The control's share, between 0 and 1; of a mean: its value, for --relative.");
    public Option<double?> Effect { get; } = Optional("--effect", "D", "Smallest difference worth finding; absolute unless --relative.");
    public Option<bool> Relative { get; } = new("--relative") { Description = "--effect is a fraction of the control's value: .08 is 8 % more." };
    public Option<double?> StandardDeviation { get; } = Optional("--sd", "S", "Standard deviation of one unit's value.");
    public Option<double?> Daily { get; } = Optional("--daily", "N", "Units that arrive a day, all arms together; adds the number of days.");
    public Option<long?> Units { get; } = new("--n") { HelpName = "N", CustomParser = WholeNumber, Description = "Units in the control (in each arm at ratio 1): answers with the effect that these find, instead of --effect." };
    public Option<string?> Pilot { get; } = new("--pilot") { HelpName = "FILE", Description = "Earlier data (CSV, JSON lines, Parquet): give the spread and the control's value; of a definition's FILE also an export of events." };
    public Option<string?> Column { get; } = new("--column") { HelpName = "C", Description = "Column of the pilot file." };
    public Option<string?> Cluster { get; } = new("--cluster") { HelpName = "C", Description = "Column of the pilot file: rows of one cluster are alike, and whole clusters will be assigned." };
    public Option<string?> Covariate { get; } = new("--covariate") { HelpName = "C", Description = "Column of the pilot file, known before: counts what adjusting by it (CUPED) saves." };
    public Option<string?> Denominator { get; } = new("--denominator") { HelpName = "C", Description = "Column of the pilot file that counts what the ratio is per; --column is its numerator." };
    public Option<double> Quantile { get; } = Number("--quantile", 0.95, "Which quantile: .95 for P95.");
    public Option<double?> Density { get; } = Optional("--density", "F", "Density of the values at the quantile, per unit of the value, in place of --sd.");
    public Option<double?> Margin { get; } = Optional("--margin", "M", "How much worse is still tolerable: sizes the proof that the treatment is not worse by that (non-inferiority, one-sided at alpha / 2). --effect is then what is true, 0 unless said.");
    public Option<string[]> Assume { get; } = new("--assume") { HelpName = "M=V", AllowMultipleArgumentsPerToken = true, Description = "What is true of a further primary in the control: METRIC=VALUE, or METRIC=VALUE:SD; may be repeated" };
    public Option<bool> LowerIsBetter { get; } = new("--lower-is-better") { Description = "With --margin: worse is higher, as of errors, latencies and costs." };
    public Option<int> Treatments { get; } = new("--treatments") { HelpName = "K", DefaultValueFactory = _ => 1, Description = "Treatments that share the control, each held against it at Dunnett's level." };
    public Option<double?> Icc { get; } = Optional("--icc", "R", "How alike rows of one cluster are (intraclass correlation), where whole clusters are assigned and rows are counted; with --cluster-size.");
    public Option<double?> ClusterSize { get; } = Optional("--cluster-size", "M", "Mean rows of a cluster; with --icc.");
    public Option<double> ClusterVariation { get; } = Number("--cluster-size-cv", 0, "Standard deviation of the cluster sizes over their mean.");
    public Option<FileInfo?> Svg { get; } = new("--svg") { HelpName = "FILE", Description = "Writes the curve of effect against days as a picture; needs --daily." };
    public Option<string?> Looks { get; } = new("--looks") { HelpName = "N", Description = "Registered looks: how many, or at which information fractions (.25,.5,.75,1); the size is then the planned maximum." };
    public Option<string?> Spending { get; } = new("--spending") { HelpName = "NAME", Description = "How alpha is spent over the looks: obrien-fleming (default), pocock, hwang-shih-decani[:GAMMA], kim-demets[:EXPONENT]." };
    public Option<string> Format { get; } = OutputFormat.CreateOption();

    /// <summary>The options that a design typed on the command line takes.</summary>
    public IEnumerable<Option> Typed(MetricType type) =>
        [.. type switch
        {
            MetricType.Proportion => new Option[] { Baseline, Effect, Relative, Margin, LowerIsBetter, Pilot, Column, Cluster, Icc, ClusterSize, ClusterVariation },
            MetricType.Ratio => [StandardDeviation, Effect, Relative, Baseline, Pilot, Column, Denominator],
            MetricType.Quantile => [Quantile, StandardDeviation, Density, Effect, Relative, Baseline, Pilot, Column, Cluster],
            _ => [StandardDeviation, Effect, Relative, Baseline, Margin, LowerIsBetter, Pilot, Column, Cluster, Covariate, Icc, ClusterSize, ClusterVariation],
        }, Treatments, Alpha, Power, Ratio, Daily, Units, Looks, Spending, Svg, Format];

    /// <summary>Checks what the forms with a design typed on the command line share.</summary>
    /// <exception cref="UsageException">An option is outside its range.</exception>
    public void CheckTyped(ParseResult result)
    {
        CheckPlan(result);
        Within("--alpha", result.GetValue(Alpha), 0, 1, "write .05 for 5 %");
        Within("--power", result.GetValue(Power), 0, 1, "write .8 for 80 %");
        Within("--ratio", result.GetValue(Ratio), 0, double.PositiveInfinity, "2 is two treatment units for each control unit");
        if (result.GetValue(Power) <= result.GetValue(Alpha)) throw new UsageException("--power must be above --alpha");
        if (result.GetValue(Treatments) is < 1 or > 1000) throw new UsageException($"--treatments must lie between 1 and 1,000, but is {result.GetValue(Treatments)}");
        CheckClusters(result);
        if (result.GetValue(Units) is not { } units) return;
        if (units < 2) throw new UsageException($"--n must be at least 2, but is {units}");
        if (units * (1 + result.GetValue(Ratio)) > 1e15) throw new UsageException($"--n {units} is beyond any experiment");
    }

    /// <summary>Checks what all forms share, the one with a definition file included.</summary>
    /// <exception cref="UsageException">--daily is outside its range.</exception>
    public void CheckPlan(ParseResult result)
    {
        if (result.GetValue(Daily) is { } daily) Within("--daily", daily, 0, double.PositiveInfinity, null);
        else if (result.GetValue(Svg) is not null) throw new UsageException("--svg draws effect against days and needs --daily N: how many units arrive a day");
    }

    private void CheckClusters(ParseResult result)
    {
        double? icc = result.GetValue(Icc), size = result.GetValue(ClusterSize);
        if (icc is null != size is null) throw new UsageException("--icc and --cluster-size belong together: how alike the rows of a cluster are, and how many it has");
        if (icc is null) return;
        if (!(icc is >= 0 and <= 1)) throw new UsageException(FormattableString.Invariant($"--icc must lie between 0 and 1, but is {icc}"));
        if (!(size >= 1 && double.IsFinite(size.Value))) throw new UsageException(FormattableString.Invariant($"--cluster-size must be 1 or more, but is {size}"));
        if (!(result.GetValue(ClusterVariation) >= 0)) throw new UsageException("--cluster-size-cv must not be negative");
        if (result.GetValue(Cluster) is not null) throw new UsageException("--cluster takes likeness and size from the pilot: leave --icc and --cluster-size out");
    }

    /// <summary>The plan that the options describe: alpha, power and looks.</summary>
    /// <exception cref="UsageException">Looks or spending cannot be read.</exception>
    public AnalysisPlan Plan(ParseResult result) =>
        SizeLooks.Apply(new AnalysisPlan { Alpha = result.GetValue(Alpha), Power = result.GetValue(Power) }, result, this);

    public static void Within(string option, double value, double low, double high, string? hint)
    {
        if (value > low && value < high) return;
        var range = double.IsPositiveInfinity(high) ? "above 0 and finite" : $"between {low} and {high}";
        throw new UsageException(FormattableString.Invariant($"{option} must be {range}, but is {value}"), hint);
    }

    /// <summary>The answer on stdout, warnings on stderr, the picture where it is asked for.</summary>
    public static void Write(ParseResult result, SizeOptions options, SizeAnswer answer)
    {
        var output = result.InvocationConfiguration.Output;
        if (answer.Curve is { } curve && result.GetValue(options.Svg) is { } file)
            File.WriteAllText(file.ToString(), CurveSvg.Of(curve, Title(answer)));
        if (result.GetValue(options.Format) == "json") output.WriteLine(JsonText.Of(answer.ToJson()));
        else
        {
            output.WriteLine(answer.ToText());
            if (answer.Curve is not null) CurveText.Write(answer.Curve, output);
        }
        foreach (var warning in answer.Warnings) result.InvocationConfiguration.Error.WriteLine("warning: " + warning);
    }

    private static string Title(SizeAnswer answer) => $"To find {answer.Finds}: {Say.Count(answer.Total)} {answer.UnitName} in all";

    private static Option<double> Number(string name, double otherwise, string description) =>
        new(name) { DefaultValueFactory = _ => otherwise, CustomParser = result => Parse(result) ?? otherwise, Description = description, HelpName = "X" };

    private static Option<double?> Optional(string name, string helpName, string description) =>
        new(name) { CustomParser = Parse, Description = description, HelpName = helpName };

    // The library's own message names the .NET type.
    private static double? Parse(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        result.AddError($"{Name(result)}: '{result.Tokens[0].Value}' is not a number");
        return null;
    }

    private static long? WholeNumber(ArgumentResult result)
    {
        if (long.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)) return number;
        result.AddError($"{Name(result)}: '{result.Tokens[0].Value}' is not a whole number");
        return null;
    }

    private static string Name(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
}
