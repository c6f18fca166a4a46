using System.Text.Json;
using Assay.Testing;

namespace Assay.Evaluation.Tests.Checks;

public sealed class NumericCheckTests
{
    [Theory]
    [InlineData("#### 42", "42", "pass")]
    [InlineData("3 + 39 = 42\n#### 42\nI used 2 steps.", "42", "pass")]
    [InlineData("She pays $1,234.50.", "1234.5", "pass")]
    [InlineData("The answer is -$3", "-3", "pass")]
    [InlineData("The answer is $-3.", "-3", "pass")]
    [InlineData("It falls to −3 degrees", "-3", "pass")]
    [InlineData("16-3", "3", "pass")]
    [InlineData("so (4)-3", "3", "pass")]
    [InlineData(".5", "0.5", "pass")]
    [InlineData("6.02e23 of CO2", "6.02e23", "pass")]
    [InlineData("1, 2, 3", "3", "pass")]
    [InlineData("in 1,2345", "2345", "pass")]
    [InlineData("€ 70000", "#### 70,000", "pass")]
    [InlineData("56%", "56", "pass")]
    [InlineData("none", "42", "fail")]
    [InlineData("41", "42", "fail")]
    [InlineData("42", "no number here", "missing")]
    public async Task Score_OfFinalNumber_ReadsItAsAPersonWould(string answer, string expected, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await Ask.ScoreAsync("numeric", "{}", answer, expected)));

    [Theory]
    [InlineData("""{ "value": 1, "tolerance": 0.01 }""", "1.01", "pass")]
    [InlineData("""{ "value": 1, "tolerance": 0.01 }""", "1.0101", "fail")]
    [InlineData("""{ "value": 200, "relative": 0.01 }""", "198", "pass")]
    [InlineData("""{ "value": 200, "relative": 0.01, "tolerance": 5 }""", "196", "pass")]
    [InlineData("""{ "value": 0.3 }""", "0.30000001", "fail")]
    public async Task Score_WithTolerance_AllowsExactlyThat(string arguments, string answer, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await Ask.ScoreAsync("numeric", arguments, answer)));

    /// <summary>openai/grade-school-math: 1,319 recorded solutions each of four models; their own verdicts, question by question.</summary>
    [Theory]
    [Trait("Kind", "reference")]
    [InlineData("6b_finetuning", 286, 21.7)]
    [InlineData("6b_verification", 515, 39.0)]
    [InlineData("175b_finetuning", 458, 34.7)]
    [InlineData("175b_verification", 742, 56.3)]
    public async Task Score_OnGsm8k_AgreesWithEveryPublishedVerdict(string model, int correct, double percent)
    {
        var solutions = File.ReadLines(SharedData.Require("data/gsm8k/example_model_solutions.jsonl"));
        var questions = File.ReadLines(SharedData.Require("data/gsm8k/test.jsonl"));
        var check = Ask.Check("numeric");
        var (passed, all) = (0, 0);
        foreach (var (line, question) in solutions.Zip(questions))
        {
            var recorded = JsonElement.Parse(line).GetProperty(model);
            var golden = Ask.Case(JsonElement.Parse(question).GetProperty("answer").GetString());
            var result = await check.ScoreAsync(golden, new Answer { Text = recorded.GetProperty("solution").GetString()! }, TestContext.Current.CancellationToken);
            Assert.Equal(recorded.GetProperty("is_correct").GetBoolean(), result.Passed);
            passed += result.Passed == true ? 1 : 0;
            all++;
        }
        Assert.Equal((correct, 1319), (passed, all));
        Assert.Equal(percent, 100.0 * passed / all, 0.05);
    }
}
