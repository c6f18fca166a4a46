using System.Collections.Immutable;
using Assay.Experiments;
using Microsoft.AspNetCore.Http;

namespace Assay.Server;

/// <summary>Refusals in the shape of RFC 9457, with a stable <c>code</c> and, where there is something to do, a <c>hint</c>.</summary>
internal static class Problems
{
    public static IResult Of(LifecycleProblem problem) => Make(problem.Code switch
    {
        "unknown-experiment" => StatusCodes.Status404NotFound,
        "wrong-status" or "route-conflict" => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    }, problem.Code, problem.Message, problem.Hint);

    public static IResult Bad(string code, string message, string? hint) => Make(StatusCodes.Status400BadRequest, code, message, hint);

    public static IResult TooLarge(int limit) =>
        Make(StatusCodes.Status413PayloadTooLarge, "too-large", $"a definition may have {limit / 1024 / 1024} MB", null);

    /// <summary>Every problem of a definition at once.</summary>
    public static IResult OfDefinition(ImmutableArray<DefinitionProblem> problems) =>
        Make(StatusCodes.Status400BadRequest, "invalid-definition", $"the definition has {problems.Length} error{(problems.Length == 1 ? "" : "s")}", null,
            ("problems", problems.Select(p => p.ToString()).ToArray()));

    private static IResult Make(int status, string code, string message, string? hint, params (string Name, object? Value)[] more)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        if (hint is not null) extensions["hint"] = hint;
        foreach (var (name, value) in more) extensions[name] = value;
        return Results.Problem(detail: message, statusCode: status, title: code, extensions: extensions);
    }
}
