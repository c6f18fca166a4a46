using Assay.Events;
using Assay.Experiments;
using Microsoft.AspNetCore.Http;

namespace Assay.Gateway;

/// <summary>Who a request is from, at every unit of randomisation. Headers win over the body.</summary>
/// <param name="Ids">Every id that is known.</param>
/// <param name="Own">The experiment's own unit, from <c>x-assay-unit</c>; null without one.</param>
internal readonly record struct RequestUnits(UnitIds Ids, string? Own)
{
    public static RequestUnits From(IHeaderDictionary headers, ChatRequest request, string newRequestId) => new(
        new UnitIds(
            Request: Header(headers, RequestHeaders.IdempotencyKey) ?? newRequestId,
            Session: Header(headers, RequestHeaders.Session) ?? request.SessionId,
            Conversation: Header(headers, RequestHeaders.Conversation) ?? request.ConversationId ?? request.Conversation ?? request.PromptCacheKey,
            User: Header(headers, RequestHeaders.User) ?? request.UserId ?? request.SafetyIdentifier ?? request.User,
            Cluster: Header(headers, RequestHeaders.Cluster) ?? request.ClusterId),
        Header(headers, RequestHeaders.Unit));

    /// <summary>The id of the unit that an experiment randomises; null when the request does not say.</summary>
    public string? Of(UnitKind kind) => Own ?? kind switch
    {
        UnitKind.Request => Ids.Request,
        UnitKind.Session => Ids.Session,
        UnitKind.Conversation => Ids.Conversation,
        UnitKind.User => Ids.User,
        UnitKind.Cluster => Ids.Cluster,
        _ => null,
    };

    /// <summary>The ids as stored: the experiment's own unit fills the place of its kind where the request named none.</summary>
    public UnitIds IdsFor(UnitKind kind) => Own is null ? Ids : kind switch
    {
        UnitKind.Session => Ids with { Session = Ids.Session ?? Own },
        UnitKind.Conversation => Ids with { Conversation = Ids.Conversation ?? Own },
        UnitKind.User => Ids with { User = Ids.User ?? Own },
        UnitKind.Cluster => Ids with { Cluster = Ids.Cluster ?? Own },
        _ => Ids,
    };

    public static string? Header(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;
}
