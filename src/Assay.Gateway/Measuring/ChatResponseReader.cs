using System.Text.Json;

namespace Assay.Gateway;

/// <summary>Reads a chat completion, or one chunk of a streamed one, into <see cref="ResponseFacts"/>. Unknown fields are passed over.</summary>
internal static class ChatResponseReader
{
    private const int LargestKeptText = 4 * 1024 * 1024;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <returns>False when this is not a JSON object.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, ResponseFacts facts)
    {
        facts.LastHadContent = false;
        facts.LastWasUsageOnly = false;
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            bool hasChoice = false, hasUsage = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("choices"u8)) hasChoice |= ReadChoices(ref reader, facts);
                else if (reader.ValueTextEquals("usage"u8)) hasUsage |= ReadUsage(ref reader, facts);
                else if (facts.Id is null && reader.ValueTextEquals("id"u8)) facts.Id = ReadText(ref reader);
                else if (facts.Model is null && reader.ValueTextEquals("model"u8)) facts.Model = ReadText(ref reader);
                else if (reader.ValueTextEquals("error"u8)) ReadError(ref reader, facts);
                else reader.Skip();
            }
            facts.LastWasUsageOnly = hasUsage && !hasChoice;
            return !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static bool ReadChoices(ref Utf8JsonReader reader, ResponseFacts facts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return false;
        }
        var position = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject) ReadChoice(ref reader, facts, position);
            else reader.Skip();
            position++;
        }
        return position > 0;
    }

    private static void ReadChoice(ref Utf8JsonReader reader, ResponseFacts facts, int choice)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject) ReadMessage(ref reader, facts, choice);
                else reader.Skip();
            }
            else if (reader.ValueTextEquals("finish_reason"u8)) facts.FinishReason = ReadText(ref reader) ?? facts.FinishReason;
            else if (reader.ValueTextEquals("index"u8)) choice = (int)(ReadNumber(ref reader) ?? choice);
            else reader.Skip();
        }
    }

    private static void ReadMessage(ref Utf8JsonReader reader, ResponseFacts facts, int choice)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                if (HasText(ref reader))
                {
                    facts.HasText = facts.LastHadContent = true;
                    Keep(ref reader, facts, choice);
                }
                else if (reader.TokenType == JsonTokenType.StartArray && !IsEmptyArray(reader))
                {
                    facts.HasText = facts.LastHadContent = true;
                }
                reader.Skip();
            }
            else if (reader.ValueTextEquals("refusal"u8))
            {
                reader.Read();
                if (HasText(ref reader)) facts.HasText = facts.HasRefusal = facts.LastHadContent = true;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8))
            {
                reader.Read();
                facts.LastHadContent |= HasText(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("audio"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject) facts.HasText = facts.LastHadContent = true;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartArray) ReadToolCalls(ref reader, facts, choice);
                else reader.Skip();
            }
            else if (reader.ValueTextEquals("function_call"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    facts.CountToolCall(choice, -1);
                    facts.LastHadContent = true;
                }
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadToolCalls(ref Utf8JsonReader reader, ResponseFacts facts, int choice)
    {
        var position = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            var index = position++;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("index"u8)) index = (int)(ReadNumber(ref reader) ?? index);
                else reader.Skip();
            }
            facts.CountToolCall(choice, index);
            facts.LastHadContent = true;
        }
    }

    private static bool ReadUsage(ref Utf8JsonReader reader, ResponseFacts facts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8)) facts.InputTokens = ReadNumber(ref reader) ?? facts.InputTokens;
            else if (reader.ValueTextEquals("completion_tokens"u8)) facts.OutputTokens = ReadNumber(ref reader) ?? facts.OutputTokens;
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (reader.ValueTextEquals("cached_tokens"u8)) facts.CachedInputTokens = ReadNumber(ref reader) ?? facts.CachedInputTokens;
                    else reader.Skip();
                }
            }
            else reader.Skip();
        }
        return true;
    }

    private static void ReadError(ref Utf8JsonReader reader, ResponseFacts facts)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        facts.HasError = true;
        string? type = null;
        if (reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("code"u8)) facts.ErrorCode = ReadText(ref reader) ?? facts.ErrorCode;
            else if (reader.ValueTextEquals("type"u8)) type = ReadText(ref reader);
            else reader.Skip();
        }
        facts.ErrorCode ??= type;
    }

    private static bool HasText(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;

    private static bool IsEmptyArray(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndArray;

    private static void Keep(ref Utf8JsonReader reader, ResponseFacts facts, int choice)
    {
        // Of several choices the first is judged.
        if (facts.Text is not { } text || choice != 0 || text.WrittenCount + reader.ValueSpan.Length > LargestKeptText) return;
        text.Advance(reader.CopyString(text.GetSpan(reader.ValueSpan.Length)));
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    private static long? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)) return number;
        reader.Skip();
        return null;
    }
}
