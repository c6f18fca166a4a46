using System.Collections.Immutable;
using Assay.Events;
using Microsoft.AspNetCore.Http;

namespace Assay.Server;

/// <summary>The problem details of the events API.</summary>
internal static class EventProblems
{
    public static IResult BadRequest(string detail, ImmutableArray<RejectedEvent> rejected) => Results.Problem(
        detail, statusCode: StatusCodes.Status400BadRequest, title: "No event was stored.",
        extensions: new Dictionary<string, object?> { ["code"] = "no-event-accepted", ["accepted"] = 0, ["duplicates"] = 0, ["rejected"] = rejected });

    public static IResult TooLarge(long limit) => Results.Problem(
        FormattableString.Invariant($"The body is larger than {limit} bytes. Send the events in several requests."),
        statusCode: StatusCodes.Status413PayloadTooLarge, title: "The body is too large; no event was stored.", extensions: Code("too-large"));

    public static IResult Unavailable(string detail) => Results.Problem(
        detail + " No event was stored; send the request again.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "Events cannot be stored now.", extensions: Code("unavailable"));

    private static Dictionary<string, object?> Code(string code) => new() { ["code"] = code };

    public static string Summary(ImmutableArray<RejectedEvent> rejected) => rejected.Length == 1
        ? rejected[0].Reason
        : FormattableString.Invariant($"All {rejected.Length} events were refused; the first, at index {rejected[0].Index}: {rejected[0].Reason}");
}
