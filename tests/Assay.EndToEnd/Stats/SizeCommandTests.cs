using System.CommandLine;
using System.Text.Json;
using Assay.Cli;
using Assay.Cli.Stats;

namespace Assay.EndToEnd.Stats;

public sealed class SizeCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-size").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Proportion_TheBestKnownCase_Is1471PerArm()
    {
        using var json = Json("proportion", "--baseline", "0.60", "--effect", "0.05", "--daily", "400");
        var root = json.RootElement;
        Assert.Equal(1471, root.GetProperty("perArm").GetInt64());
        Assert.Equal(2942, root.GetProperty("total").GetInt64());
        Assert.Equal(1471, root.GetProperty("perVariant").GetProperty("treatment").GetInt64());
        Assert.Equal(8, root.GetProperty("days").GetInt64());
        Assert.Contains("two proportions", root.GetProperty("method").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Proportion_ForPeople_SaysItInOneSentence()
    {
        var (code, output, _) = Run("proportion", "--baseline", "0.60", "--effect", "0.05");
        Assert.Equal(0, code);
        Assert.Contains("You need 1,471 units per arm, 2,942 in all, to find a change from 60 % to 65 % with a chance of 80 %", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Proportion_UnequalArms_HasNoPerArm()
    {
        using var json = Json("proportion", "--baseline", "0.463", "--effect", "0.012", "--alpha", "0.01", "--power", "0.9", "--ratio", "2");
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("perArm").ValueKind);
        Assert.Equal(38604, json.RootElement.GetProperty("perVariant").GetProperty("control").GetInt64());
        Assert.Equal(77208, json.RootElement.GetProperty("perVariant").GetProperty("treatment").GetInt64());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("days").ValueKind);
    }

    [Fact]
    public void Proportion_RelativeEffect_IsAFractionOfTheBaseline()
    {
        using var relative = Json("proportion", "--baseline", "0.5", "--effect", "0.1", "--relative");
        using var absolute = Json("proportion", "--baseline", "0.5", "--effect", "0.05");
        Assert.Equal(absolute.RootElement.GetProperty("total").GetInt64(), relative.RootElement.GetProperty("total").GetInt64());
    }

    [Fact]
    public void Proportion_UnitsGiven_AnswersWithTheEffect()
    {
        using var json = Json("proportion", "--baseline", "0.60", "--n", "1471");
        Assert.Equal(0.05, json.RootElement.GetProperty("detectableEffect").GetDouble(), 1e-4);
        Assert.Equal(2942, json.RootElement.GetProperty("total").GetInt64());
    }

    [Fact]
    public void Mean_TFormulaAt75Percent_Is1179PerArm()
    {
        using var json = Json("mean", "--sd", "0.4330127018922193", "--effect", "0.05");
        Assert.Equal(1179, json.RootElement.GetProperty("perArm").GetInt64());
    }

    [Fact]
    public void Mean_Pilot_TakesTheSpreadOfTheColumn()
    {
        var file = Path.Combine(_folder, "pilot.csv");
        File.WriteAllText(file, "unit,\"csat, mean\"\n1,2\n2,4\n\"3\",\n4,6\n5,\"8\"\n");
        using var pilot = Json("mean", "--pilot", file, "--column", "csat, mean", "--effect", "0.5");
        using var plain = Json("mean", "--sd", "2.581988897471611", "--effect", "0.5");
        Assert.Equal(plain.RootElement.GetProperty("total").GetInt64(), pilot.RootElement.GetProperty("total").GetInt64());
    }

    [Fact]
    public void File_ThreeVariants_GivesEachItsShareAtAlphaOverTwo()
    {
        var file = Definition("a: 0.5, b: 0.25, c: 0.25", "alpha: 0.05\n  power: 0.8\n  minimumEffect: 0.05\n  baseline: 0.60");
        using var json = Json(file);
        var perVariant = json.RootElement.GetProperty("perVariant");
        var control = perVariant.GetProperty("a").GetInt64();
        var expected = Assay.Statistics.SampleSize.ForProportions(0.6, 0.05, 0.025, 0.8, 0.5);
        Assert.Equal(expected.Control, control);
        Assert.InRange(perVariant.GetProperty("b").GetInt64(), control / 2, control / 2 + 1);
        Assert.Contains("alpha / 2", json.RootElement.GetProperty("method").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4", "obrien-fleming", 1500)]
    [InlineData("14", null, 1533)]
    [InlineData(".25,.5,.75,1", "obrien-fleming", 1500)]
    [InlineData("1", null, 1471)]
    public void Proportion_Looks_IncludeTheInflation(string looks, string? spending, long perArm)
    {
        using var json = Json(["proportion", "--baseline", "0.60", "--effect", "0.05", "--looks", looks, .. spending is null ? [] : new[] { "--spending", spending }]);
        Assert.Equal(perArm, json.RootElement.GetProperty("perArm").GetInt64());
    }

    [Fact]
    public void Proportion_LooksAndUnitsGiven_IsTheInverse()
    {
        using var json = Json("proportion", "--baseline", "0.60", "--n", "1500", "--looks", "4", "--spending", "obrien-fleming");
        Assert.Equal(0.05, json.RootElement.GetProperty("detectableEffect").GetDouble(), 1e-4);
    }

    [Fact]
    public void Mean_Looks_IncludeTheInflation()
    {
        using var fixedSize = Json("mean", "--sd", "1", "--effect", "0.1");
        using var pocock = Json("mean", "--sd", "1", "--effect", "0.1", "--looks", "4", "--spending", "pocock");
        // Lan-DeMets spending of Pocock's kind, 4 looks, power .8.
        Assert.Equal(1.17, (double)pocock.RootElement.GetProperty("total").GetInt64() / fixedSize.RootElement.GetProperty("total").GetInt64(), 0.03);
    }

    [Fact]
    public void File_PlanWithLooks_IsThePlannedMaximum()
    {
        var file = Definition("a: 0.5, b: 0.5", "minimumEffect: 0.05\n  baseline: 0.60\n  looks: 4\n  spending: obrien-fleming");
        var (code, output, error) = Run(file);
        Assert.True(code == 0, error);
        Assert.Contains("1,500 conversations per arm", output, StringComparison.Ordinal);
        Assert.Contains("4 looks, alpha spent by obrien-fleming", output, StringComparison.Ordinal);
        using var other = Json(file, "--looks", "14");
        Assert.Equal(1533, other.RootElement.GetProperty("perArm").GetInt64());
    }

    [Fact]
    public void File_PlanWithoutBaseline_IsRefusedAndNamesTheKey()
    {
        var (code, _, error) = Run(Definition("a: 0.5, b: 0.5", "minimumEffect: 0.05"));
        Assert.Equal((2, true), (code, error.Contains("plan.baseline", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--sd is missing", "mean", "--effect", "0.1")]
    [InlineData("--effect is missing", "mean", "--sd", "1")]
    [InlineData("--effect must not be 0", "proportion", "--baseline", "0.5", "--effect", "0")]
    [InlineData("write .60 for 60 %", "proportion", "--baseline", "60", "--effect", "5")]
    [InlineData("which is no share", "proportion", "--baseline", "0.6", "--effect", "0.5")]
    [InlineData("--baseline is missing", "proportion", "--effect", "0.5")]
    [InlineData("--alpha must be between 0 and 1", "proportion", "--baseline", "0.6", "--effect", "0.05", "--alpha", "5")]
    [InlineData("--looks must be from 1 to 50", "proportion", "--baseline", "0.6", "--effect", "0.05", "--looks", "0")]
    [InlineData("--looks: 'x' is not a number", "proportion", "--baseline", "0.6", "--effect", "0.05", "--looks", ".5,x")]
    [InlineData("--looks must end with 1", "proportion", "--baseline", "0.6", "--effect", "0.05", "--looks", ".25,.5")]
    [InlineData("--looks must be information fractions that ascend", "proportion", "--baseline", "0.6", "--effect", "0.05", "--looks", ".5,.25,1")]
    [InlineData("--spending needs --looks", "mean", "--sd", "1", "--effect", "0.05", "--spending", "pocock")]
    [InlineData("--spending: 'pocok' is not a spending function", "mean", "--sd", "1", "--effect", "0.05", "--looks", "4", "--spending", "pocok")]
    [InlineData("--spending: pocock has no parameter", "mean", "--sd", "1", "--effect", "0.05", "--looks", "4", "--spending", "pocock:1")]
    [InlineData("--spending: '0' is not a parameter of kim-demets", "mean", "--sd", "1", "--effect", "0.05", "--looks", "4", "--spending", "kim-demets:0")]
    [InlineData("--power must be above --alpha", "proportion", "--baseline", "0.6", "--effect", "0.05", "--power", "0.04")]
    [InlineData("give one of them", "proportion", "--baseline", "0.6", "--effect", "0.05", "--n", "100")]
    [InlineData("--n 9000000000000000000 is beyond any experiment", "proportion", "--baseline", "0.6", "--n", "9000000000000000000")]
    [InlineData("--n 2: too few units", "mean", "--sd", "1", "--n", "2", "--ratio", "0.01")]
    [InlineData("units never arrive", "proportion", "--baseline", "0.6", "--effect", "0.05", "--daily", "1e-9")]
    [InlineData("--svg draws effect against days", "proportion", "--baseline", "0.6", "--effect", "0.05", "--svg", "x.svg")]
    [InlineData("--column names a column of a --pilot file", "mean", "--sd", "1", "--effect", "0.05", "--column", "csat")]
    [InlineData("--cluster names a column of a --pilot file", "mean", "--sd", "1", "--effect", "0.05", "--cluster", "team")]
    [InlineData("--relative needs", "mean", "--sd", "1", "--effect", "0.05", "--relative")]
    [InlineData("say what to size")]
    [InlineData("did you mean 'proportion'", "proportoin")]
    public void Size_WrongUsage_IsExit2WithTheOption(string said, params string[] arguments)
    {
        var (code, output, error) = Run(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--baseline: 'sixty' is not a number", "proportion", "--baseline", "sixty", "--effect", "0.05")]
    [InlineData("--n: '1.5' is not a whole number", "proportion", "--baseline", "0.6", "--n", "1.5")]
    public void Size_TextForANumber_IsAParseErrorThatNamesTheOption(string said, params string[] arguments) =>
        Assert.Equal(said, Assert.Single(SizeCommand.Create().Parse(arguments).Errors).Message);

    [Fact]
    public void Pilot_BadFiles_SayWhatIsWrongAndWhere()
    {
        var file = Path.Combine(_folder, "bad.csv");
        File.WriteAllText(file, "unit,csat\n1,4\n2,good\n");
        var text = Run("mean", "--pilot", file, "--column", "csat", "--effect", "1");
        Assert.Equal(2, text.Code);
        Assert.Contains("bad.csv:3", text.Error, StringComparison.Ordinal);
        Assert.Contains("good", text.Error, StringComparison.Ordinal);
        var missing = Run("mean", "--pilot", file, "--column", "csta", "--effect", "1");
        Assert.Equal(2, missing.Code);
        Assert.Contains("there is no column csta", missing.Error, StringComparison.Ordinal);
        Assert.Equal(5, Run("mean", "--pilot", Path.Combine(_folder, "none.csv"), "--column", "x", "--effect", "1").Code);
    }

    [Fact]
    public void Stats_FileOrBadJson_AnswersOrSaysWhere()
    {
        var file = Path.Combine(_folder, "input.json");
        File.WriteAllText(file, """{"onlyControl": 36, "onlyTreatment": 20}""");
        var (code, output, _) = Run(StatsCommand.Create(), "mcnemar", file);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(0.044046546102150766, json.RootElement.GetProperty("exactPValue").GetDouble(), 1e-12);

        File.WriteAllText(file, """{"onlyControl": 36,""");
        var bad = Run(StatsCommand.Create(), "mcnemar", file);
        Assert.Equal((2, ""), (bad.Code, bad.Output));
        Assert.Contains("line 1", bad.Error, StringComparison.Ordinal);
        Assert.Equal(2, Run(StatsCommand.Create(), "mcnemer", file).Code);
        Assert.Equal(5, Run(StatsCommand.Create(), "mcnemar", Path.Combine(_folder, "none.json")).Code);
        Assert.Equal(StatsMethods.All.Count, Run(StatsCommand.Create(), "--list").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private string Definition(string weights, string plan)
    {
        var file = Path.Combine(_folder, "experiment.yaml");
        var variants = string.Concat(weights.Split(", ").Select(w => w.Split(": ")).Select(w => $"  - {{ key: {w[0]}, weight: {w[1]} }}\n"));
        File.WriteAllText(file, $"key: size-test\nunit: conversation\nvariants:\n{variants}metrics: {{ primary: resolution }}\nplan:\n  {plan}\n---\nmetrics:\n  resolution: {{ type: proportion, event: resolved, better: higher, window: {{ to: 7d }} }}\n");
        return file;
    }

    private static JsonDocument Json(params string[] arguments)
    {
        var (code, output, error) = Run([.. arguments, "--format", "json"]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments) => Run(SizeCommand.Create(), arguments);

    private static (int Code, string Output, string Error) Run(Command command, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code;
        try
        {
            code = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException wrong)
        {
            error.WriteLine(wrong.Message);
            code = ExitCode.Usage;
        }
        catch (IOException)
        {
            code = ExitCode.CouldNotRun;
        }
        return (code, output.ToString(), error.ToString());
    }
}
