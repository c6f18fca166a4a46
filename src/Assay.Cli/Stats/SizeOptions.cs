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
    public Option<FileInfo?> Svg { get; } = new("--svg") { HelpName = "FILE", Description = "Writes the curve of effect against days as a picture; needs --daily." };
    public Option<string?> Looks { get; } = new("--looks") { HelpName = "N", Description = "Registered looks: how many, or at which information fractions (.25,.5,.75,1); the size is then the planned maximum." };
    public Option<string?> Spending { get; } = new("--spending") { HelpName = "NAME", Description = "How alpha is spent over the looks: obrien-fleming (default), pocock, hwang-shih-decani[:GAMMA], kim-demets[:EXPONENT]." };
    public Option<string> Format { get; } = OutputFormat.CreateOption();

    /// <summary>The options that a design typed on the command line takes.</summary>
    public IEnumerable<Option> Typed(bool isMean) => isMean
        ? [StandardDeviation, Effect, Relative, Baseline, Alpha, Power, Ratio, Daily, Units, Pilot, Column, Cluster, Covariate, Looks, Spending, Svg, Format]
        : [Baseline, Effect, Relative, Alpha, Power, Ratio, Daily, Units, Pilot, Column, Cluster, Looks, Spending, Svg, Format];

    /// <summary>Checks what the forms with a design typed on the command line share.</summary>
    /// <exception cref="UsageException">An option is outside its range.</exception>
    public void CheckTyped(ParseResult result)
    {
        CheckPlan(result);
        Within("--alpha", result.GetValue(Alpha), 0, 1, "write .05 for 5 %");
        Within("--power", result.GetValue(Power), 0, 1, "write .8 for 80 %");
        Within("--ratio", result.GetValue(Ratio), 0, double.PositiveInfinity, "2 is two treatment units for each control unit");
        if (result.GetValue(Power) <= result.GetValue(Alpha)) throw new UsageException("--power must be above --alpha");
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
