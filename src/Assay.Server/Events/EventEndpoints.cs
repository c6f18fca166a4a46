using System.IO.Compression;
using System.IO.Pipelines;
using Assay.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server;

/// <summary>Events and feedback over HTTP: acknowledged only when on disk.</summary>
public static class EventEndpoints
{
    /// <summary>
    /// <c>POST /api/v1/events</c> (a JSON array, or NDJSON; gzip where the header says so) and <c>POST /api/v1/feedback</c> (one event,
    /// an outcome unless it says otherwise): 202 with what became of each, 400 when nothing was good, 413 above the limit,
    /// 503 with Retry-After when the disk or the store refuses.
    /// </summary>
    public static IEndpointRouteBuilder MapEventEndpoints(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapPost("/api/v1/events", PostEventsAsync)
            .WithName("PostEvents").WithTags("Events").WithSummary("Stores a batch of events.")
            .Produces<IntakeResult>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapPost("/api/v1/feedback", PostFeedbackAsync)
            .WithName("PostFeedback").WithTags("Events").WithSummary("Stores one outcome, score or label.")
            .Produces<IntakeResult>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<IResult> PostEventsAsync(HttpContext context, EventReader reader, EventIntake intake, EventOptions options)
    {
        if (await RefuseLargeAsync(context, options) is { } refusal) return refusal;
        EventBody body;
        try
        {
            body = await new EventBodyReader(reader, options.BodyBytes).ReadAsync(BodyOf(context.Request), context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return EventProblems.BadRequest("The body says that it is gzip and is not.", []);
        }
        if (body.TooLarge)
        {
            await BodyDiscard.RunAsync(context.Request.Body, options.DiscardBytes, context.RequestAborted);
            return EventProblems.TooLarge(options.BodyBytes);
        }
        return body.Problem is { } problem ? EventProblems.BadRequest(problem, []) : await StoreAsync(context, intake, body.Readings);
    }

    private static async Task<IResult> PostFeedbackAsync(HttpContext context, EventReader reader, EventIntake intake, EventOptions options)
    {
        if (await RefuseLargeAsync(context, options) is { } refusal) return refusal;
        using var text = new MemoryStream();
        if (!await CopyAsync(context.Request.Body, text, EventReader.LargestEvent, context.RequestAborted))
        {
            await BodyDiscard.RunAsync(context.Request.Body, options.DiscardBytes, context.RequestAborted);
            return EventProblems.TooLarge(EventReader.LargestEvent);
        }
        var reading = reader.Read(text.GetBuffer().AsSpan(0, (int)text.Length), defaultType: "outcome");
        return await StoreAsync(context, intake, [reading]);
    }

    private static async Task<IResult> StoreAsync(HttpContext context, EventIntake intake, IReadOnlyList<EventReading> readings)
    {
        try
        {
            var result = await intake.AcceptAsync(readings, context.RequestAborted);
            return result.Accepted + result.Duplicates == 0 && result.Rejected.Length > 0
                ? EventProblems.BadRequest(EventProblems.Summary(result.Rejected), result.Rejected)
                : Results.Json(result, EventJsonContext.Default.IntakeResult, statusCode: StatusCodes.Status202Accepted);
        }
        catch (Exception e) when (e is SpoolUnavailableException or EventStoreUnavailableException)
        {
            context.Response.Headers.RetryAfter = "1";
            return EventProblems.Unavailable(e.Message);
        }
    }

    private static async Task<IResult?> RefuseLargeAsync(HttpContext context, EventOptions options)
    {
        // This endpoint's own limit answers with a problem instead of breaking the connection.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        if (!(context.Request.ContentLength > options.BodyBytes)) return null;
        // Who asked before sending gets the answer at once; who sends already would not read it before he is done.
        if (!context.Request.Headers.ContainsKey("Expect")) await BodyDiscard.RunAsync(context.Request.Body, options.DiscardBytes, context.RequestAborted);
        return EventProblems.TooLarge(options.BodyBytes);
    }

    private static PipeReader BodyOf(HttpRequest request) =>
        string.Equals(request.Headers.ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase)
            ? PipeReader.Create(new GZipStream(request.Body, CompressionMode.Decompress))
            : request.BodyReader;

    private static async Task<bool> CopyAsync(Stream source, MemoryStream target, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[8192];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (target.Length + read > limit) return false;
            target.Write(buffer, 0, read);
        }
        return true;
    }
}
