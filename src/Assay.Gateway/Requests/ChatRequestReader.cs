using System.Text;
using System.Text.Json;

namespace Assay.Gateway;

/// <summary>One pass over a chat request's JSON. Nothing is copied but the few short strings that are needed.</summary>
internal static class ChatRequestReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <returns>The request, or what is wrong with it.</returns>
    public static (ChatRequest? Request, OpenAiError? Error) Read(ReadOnlyMemory<byte> body)
    {
        var request = new ChatRequest { Body = body };
        try
        {
            var reader = new Utf8JsonReader(body.Span, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return (null, OpenAiError.Invalid("invalid_json", "The body must be a JSON object."));
            var error = ReadObject(ref reader, request);
            if (error is not null) return (null, error);
            request.ClosingBrace = (int)reader.TokenStartIndex;
            reader.Read();
        }
        catch (JsonException e)
        {
            return (null, OpenAiError.Invalid("invalid_json", $"The body is not valid JSON (line {(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine})."));
        }
        catch (InvalidOperationException)
        {
            return (null, OpenAiError.Invalid("invalid_json", "The body holds text that is not valid UTF-8."));
        }
        if (request.Model.Length == 0) return (null, OpenAiError.Invalid("missing_model", "'model' must name a model.", "model"));
        if (request.MessagesValue.IsEmpty) return (null, OpenAiError.Invalid("missing_messages", "'messages' must be an array.", "messages"));
        return (request, null);
    }

    private static OpenAiError? ReadObject(ref Utf8JsonReader reader, ChatRequest request)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = new BodySpan((int)reader.TokenStartIndex, (int)reader.TokenStartIndex + reader.ValueSpan.Length + 2);
            var field = FieldOf(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            switch (field)
            {
                case Field.Model:
                    if (!request.ModelValue.IsEmpty) return Duplicate("model");
                    request.Model = Text(ref reader) ?? "";
                    request.ModelValue = new BodySpan(start, (int)reader.BytesConsumed);
                    break;
                case Field.Messages:
                    if (!request.MessagesValue.IsEmpty) return Duplicate("messages");
                    if (reader.TokenType != JsonTokenType.StartArray) return OpenAiError.Invalid("missing_messages", "'messages' must be an array.", "messages");
                    ReadMessages(ref reader, request);
                    request.MessagesValue = new BodySpan(start, (int)reader.BytesConsumed);
                    break;
                case Field.Stream:
                    request.Stream = reader.TokenType == JsonTokenType.True;
                    break;
                case Field.StreamOptions when reader.TokenType == JsonTokenType.StartObject:
                    if (!request.StreamOptionsValue.IsEmpty) return Duplicate("stream_options");
                    ReadStreamOptions(ref reader, request);
                    request.StreamOptionsValue = new BodySpan(start, (int)reader.BytesConsumed);
                    break;
                case Field.ResponseFormat when reader.TokenType == JsonTokenType.StartObject:
                    ReadResponseFormat(ref reader, request);
                    break;
                case Field.Metadata when reader.TokenType == JsonTokenType.StartObject:
                    ReadMetadata(ref reader, request);
                    break;
                case Field.Conversation when reader.TokenType == JsonTokenType.StartObject:
                    ReadConversation(ref reader, request);
                    break;
                case Field.Conversation:
                    request.Conversation = Text(ref reader);
                    break;
                case Field.PromptCacheKey:
                    request.PromptCacheKey = Text(ref reader);
                    break;
                case Field.SafetyIdentifier:
                    request.SafetyIdentifier = Text(ref reader);
                    break;
                case Field.User:
                    request.User = Text(ref reader);
                    break;
                default:
                    break;
            }
            reader.Skip();
            request.Properties.Add(new BodyProperty(name, new BodySpan(start, (int)reader.BytesConsumed), field is Field.Other or Field.ResponseFormat));
        }
        return null;
    }

    private static void ReadMessages(ref Utf8JsonReader reader, ChatRequest request)
    {
        var firstSystem = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            bool isUser = false, isSystem = false;
            BodySpan content = default;
            var contentType = JsonTokenType.None;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("role"u8))
                {
                    reader.Read();
                    if (reader.TokenType == JsonTokenType.String)
                    {
                        isUser = reader.ValueTextEquals("user"u8);
                        isSystem = reader.ValueTextEquals("system"u8) || reader.ValueTextEquals("developer"u8);
                    }
                    reader.Skip();
                }
                else if (firstSystem && reader.ValueTextEquals("content"u8))
                {
                    reader.Read();
                    contentType = reader.TokenType;
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    content = new BodySpan(start, (int)reader.BytesConsumed);
                }
                else
                {
                    reader.Skip();
                }
            }
            if (isUser) request.UserMessages++;
            if (!isSystem || !firstSystem || content.IsEmpty) continue;
            firstSystem = false;
            request.SystemContent = content;
            request.SystemContentType = contentType;
        }
    }

    private static void ReadStreamOptions(ref Utf8JsonReader reader, ChatRequest request)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = reader.ValueTextEquals("include_usage"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isUsage) request.IncludesUsage = reader.TokenType == JsonTokenType.True;
            reader.Skip();
            if (isUsage) request.IncludeUsageValue = new BodySpan(start, (int)reader.BytesConsumed);
        }
    }

    private static void ReadResponseFormat(ref Utf8JsonReader reader, ChatRequest request)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
                request.AsksForJson = reader.ValueTextEquals("json_object"u8) || reader.ValueTextEquals("json_schema"u8);
            reader.Skip();
        }
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, ChatRequest request)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueTextEquals("conversation_id"u8) ? 1 : reader.ValueTextEquals("session_id"u8) ? 2
                : reader.ValueTextEquals("user_id"u8) ? 3 : reader.ValueTextEquals("cluster_id"u8) ? 4 : 0;
            reader.Read();
            if (key == 1) request.ConversationId = Text(ref reader);
            else if (key == 2) request.SessionId = Text(ref reader);
            else if (key == 3) request.UserId = Text(ref reader);
            else if (key == 4) request.ClusterId = Text(ref reader);
            reader.Skip();
        }
    }

    private static void ReadConversation(ref Utf8JsonReader reader, ChatRequest request)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId) request.Conversation = Text(ref reader);
            reader.Skip();
        }
    }

    /// <summary>A non-empty string, or a number as it is written; else null.</summary>
    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString() is { Length: > 0 } text ? text : null,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };

    private static OpenAiError Duplicate(string name) =>
        OpenAiError.Invalid("duplicate_field", $"'{name}' occurs twice; which one counts would depend on the reader.", name);

    private enum Field { Other, Model, Messages, Stream, StreamOptions, ResponseFormat, Metadata, Conversation, PromptCacheKey, SafetyIdentifier, User, Store }

    private static Field FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("model"u8) ? Field.Model
        : reader.ValueTextEquals("messages"u8) ? Field.Messages
        : reader.ValueTextEquals("stream"u8) ? Field.Stream
        : reader.ValueTextEquals("stream_options"u8) ? Field.StreamOptions
        : reader.ValueTextEquals("response_format"u8) ? Field.ResponseFormat
        : reader.ValueTextEquals("metadata"u8) ? Field.Metadata
        : reader.ValueTextEquals("conversation"u8) ? Field.Conversation
        : reader.ValueTextEquals("prompt_cache_key"u8) ? Field.PromptCacheKey
        : reader.ValueTextEquals("safety_identifier"u8) ? Field.SafetyIdentifier
        : reader.ValueTextEquals("user"u8) ? Field.User
        : reader.ValueTextEquals("store"u8) ? Field.Store
        : Field.Other;
}
