using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Evaluation.Checks;

/// <summary>A command of the user's scores the answer: JSON in, JSON out.</summary>
internal static class HookCheck
{
    public static CheckDefinition Definition { get; } = new(
        new CheckKind("hook", 1, "a command reads {case, answer, arguments} as JSON and answers {score, pass, reason} or {missing}; anything else, an exit code but 0 or a limit exceeded is an error, not a fail", IsBinary: false,
        [
            new("command", "text or list of texts", "the program and its arguments, without a shell", null),
            new("arguments", "any JSON", "handed to the command", "none"),
            Threshold.Argument,
            CommandArguments.Environment,
            .. CommandArguments.Limits,
        ]),
        (arguments, services) =>
        {
            var (extra, threshold, given) = (arguments.Element("arguments")?.Clone(), arguments.Number(Threshold.Name, 0, 1), Threshold.Read(arguments));
            if (CommandArguments.Read(arguments, services) is not { } command) return null;
            command = CommandArguments.WithEnvironment(command, arguments);
            return arguments.HasProblems ? null : async (golden, answer, stop) =>
            {
                var result = await services.ProcessRunner!.RunAsync(command with { Input = Input(golden, answer, extra) }, stop);
                if (result is not { Outcome: ProcessOutcome.Exited, ExitCode: 0 })
                    return CheckResult.Error($"{Shown.Short(string.Join(' ', command.Command))}: {result.Describe(command.Limits)}{(result.Error.Length > 0 && result.Outcome != ProcessOutcome.NotStarted ? ": " + Shown.Last(result.Error) : "")}");
                return Read(result.Output, threshold is null ? null : given);
            };
        });

    private static string Input(GoldenCase golden, Answer answer, JsonElement? extra)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            HookInput.Write(json, golden);
            HookInput.Write(json, answer);
            json.WritePropertyName("arguments");
            if (extra is { } value) value.WriteTo(json);
            else json.WriteNullValue();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static CheckResult Read(string output, Threshold? threshold)
    {
        if (!JsonText.TryParse(output, out var reply, out var problem)) return CheckResult.Error($"its output is not JSON ({problem}): {Shown.Short(output)}");
        if (reply.ValueKind != JsonValueKind.Object) return CheckResult.Error($"its output is not an object: {Shown.Short(output)}");
        if (!TryText(reply, "missing", out var missing) || !TryText(reply, "reason", out var reason)) return CheckResult.Error($"'missing' and 'reason' are texts: {Shown.Short(output)}");
        if (missing is not null) return CheckResult.Missing(missing);
        bool? passed = null;
        if (reply.TryGetProperty("pass", out var pass) && pass.ValueKind != JsonValueKind.Null)
        {
            if (pass.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return CheckResult.Error($"'pass' is neither true nor false: {Shown.Short(output)}");
            passed = pass.GetBoolean();
        }
        double? score = null;
        if (reply.TryGetProperty("score", out var given) && given.ValueKind != JsonValueKind.Null)
        {
            if (given.ValueKind != JsonValueKind.Number || given.GetDouble() is not (>= 0 and <= 1)) return CheckResult.Error($"'score' is not a number from 0 to 1: {Shown.Short(output)}");
            score = given.GetDouble();
        }
        if (score is null && passed is null) return CheckResult.Error($"it gave neither 'score' nor 'pass': {Shown.Short(output)}");
        var value = score ?? (passed == true ? 1 : 0);
        // What the command says of pass or fail goes before the suite's threshold.
        return passed is null && threshold is not null ? threshold.Result(value, reason) : CheckResult.Score(value, passed, reason);
    }

    private static bool TryText(JsonElement reply, string name, out string? text)
    {
        text = null;
        if (!reply.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return true;
        if (value.ValueKind != JsonValueKind.String) return false;
        text = value.GetString();
        return true;
    }
}
