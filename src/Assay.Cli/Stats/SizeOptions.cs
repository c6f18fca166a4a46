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
    public Option<FileInfo?> Pilot { get; } = new("--pilot") { HelpName = "FILE", Description = "CSV of earlier units: gives the standard deviation (and the control's value) by --column." };
    public Option<string?> Column { get; } = new("--column") { HelpName = "C", Description = "Column of the pilot file." };
    public Option<string?> Looks { get; } = new("--looks") { HelpName = "N", Description = "Registered looks: how many, or at which information fractions (.25,.5,.75,1); the size is then the planned maximum." };
    public Option<string?> Spending { get; } = new("--spending") { HelpName = "NAME", Description = "How alpha is spent over the looks: obrien-fleming (default), pocock, hwang-shih-decani[:GAMMA], kim-demets[:EXPONENT]." };
    public Option<string> Format { get; } = OutputFormat.CreateOption();

    /// <summary>The options that a design typed on the command line takes.</summary>
    public IEnumerable<Option> Typed(bool isMean) => isMean
        ? [StandardDeviation, Effect, Relative, Baseline, Alpha, Power, Ratio, Daily, Units, Pilot, Column, Looks, Spending, Format]
        : [Baseline, Effect, Relative, Alpha, Power, Ratio, Daily, Units, Pilot, Column, Looks, Spending, Format];

    /// <summary>Checks what the forms with a design typed on the command line share.</summary>
    /// <exception cref="UsageException">An option is outside its range.</exception>
    public void CheckTyped(ParseResult result)
    {
        CheckPlan(result);
        Within("--alpha", result.GetValue(Alpha), 0, 1, "write .05 for 5 %");
        Within("--power", result.GetValue(Power), 0, 1, "write .8 for 80 %");
        Within("--ratio", result.GetValue(Ratio), 0, double.PositiveInfinity, "2 is two treatment units for each control unit");
        if (result.GetValue(Units) is { } units && units < 2) throw new UsageException($"--n must be at least 2, but is {units}");
    }

    /// <summary>Checks what all forms share, the one with a definition file included.</summary>
    /// <exception cref="UsageException">--daily is outside its range.</exception>
    public void CheckPlan(ParseResult result)
    {
        if (result.GetValue(Daily) is { } daily) Within("--daily", daily, 0, double.PositiveInfinity, null);
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

    public static void Write(ParseResult result, SizeAnswer answer, string format)
    {
        var output = result.InvocationConfiguration.Output;
        output.WriteLine(format == "json" ? JsonText.Of(answer.ToJson()) : answer.ToText());
        foreach (var warning in answer.Warnings) result.InvocationConfiguration.Error.WriteLine("warning: " + warning);
    }

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
