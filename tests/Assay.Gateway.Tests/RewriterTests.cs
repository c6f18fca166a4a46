using System.Text;
using Assay.Experiments;

namespace Assay.Gateway.Tests;

/// <summary>Only what a variant changes is written anew.</summary>
public sealed class RewriterTests
{
    [Theory]
    [InlineData(SystemPromptMode.Replace, """[{"role":"user","content":"?"}]""", """[{"role":"system","content":"New."},{"role":"user","content":"?"}]""")]
    [InlineData(SystemPromptMode.Replace, "[ ]", """[{"role":"system","content":"New."} ]""")]
    [InlineData(SystemPromptMode.Replace, """[{"content":"Old.","role":"system","name":"n"}]""", """[{"content":"New.","role":"system","name":"n"}]""")]
    [InlineData(SystemPromptMode.Replace, """[{"role":"developer","content":[{"type":"text","text":"Old."}]}]""", """[{"role":"developer","content":"New."}]""")]
    [InlineData(SystemPromptMode.Prepend, """[{"role":"system","content":"Ol\u0064."}]""", """[{"role":"system","content":"New.\n\nOld."}]""")]
    [InlineData(SystemPromptMode.Append, """[{"role":"developer","content":"Old."}]""", """[{"role":"developer","content":"Old.\n\nNew."}]""")]
    [InlineData(SystemPromptMode.Prepend, """[{"role":"system","content":[{"type":"text","text":"Old."}]}]""", """[{"role":"system","content":[{"type":"text","text":"New."},{"type":"text","text":"Old."}]}]""")]
    [InlineData(SystemPromptMode.Append, """[{"role":"system","content":[{"type":"text","text":"Old."}]}]""", """[{"role":"system","content":[{"type":"text","text":"Old."},{"type":"text","text":"New."}]}]""")]
    [InlineData(SystemPromptMode.Append, """[{"role":"user","content":"?"}]""", """[{"role":"system","content":"New."},{"role":"user","content":"?"}]""")]
    [InlineData(SystemPromptMode.Replace, """[{"role":"system","content":"Old."},{"role":"system","content":"Second."}]""", """[{"role":"system","content":"New."},{"role":"system","content":"Second."}]""")]
    public void Rewrite_System_FollowsItsMode(SystemPromptMode mode, string messages, string expected) => Assert.Equal(
        $$"""{"model":"m","messages":{{expected}}}""", Rewrite($$"""{"model":"m","messages":{{messages}}}""", system: "New.", mode: mode));

    [Fact]
    public void Rewrite_Parameters_ReplaceOrAreAddedAndTheRestStaysByteForByte() => Assert.Equal(
        "{ \"temperature\":0.3 ,\"model\" : \"real\", \"messages\":[],\"seed\":1e0 ,\"tools\":[1]}",
        Rewrite("{ \"temperature\":1.0 ,\"model\" : \"m\", \"messages\":[],\"seed\":1e0 }", model: "real", fields: [Field("temperature", "0.3"), Field("tools", "[1]")]));

    [Fact]
    public void Rewrite_EscapedFieldName_IsRecognised() => Assert.Equal(
        """{"m\u006fdel":"m","messages":[],"t\u006fp_p":0.5}""",
        Rewrite("""{"m\u006fdel":"m","messages":[],"t\u006fp_p":1}""", fields: [Field("top_p", "0.5")]));

    [Theory]
    [InlineData("""{"model":"m","messages":[],"stream":true}""", """{"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"m","messages":[],"stream":true,"stream_options":null}""", """{"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"m","messages":[],"stream":true,"stream_options":{}}""", """{"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"m","messages":[],"stream":true,"stream_options":{"a":1}}""", """{"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true,"a":1}}""")]
    [InlineData("""{"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":false}}""", """{"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true}}""", """{"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"m","messages":[]}""", """{"model":"m","messages":[]}""")]
    public void Rewrite_Usage_IsAskedForInStreamsOnly(string body, string expected) => Assert.Equal(expected, Rewrite(body, addUsage: true));

    [Fact]
    public void ParametersHash_OrderAndIds_DoNotMatterButValuesDo()
    {
        var a = Hash("""{"model":"a","messages":[],"temperature":0.3,"top_p":1,"user":"u"}""");
        Assert.Equal(a, Hash("""{"top_p":1,"model":"b","messages":[{}],"stream":true,"temperature":0.3}"""));
        Assert.Equal(a, Hash("""{"top_p":1,"model":"b","messages":[],"temperature":1}""", Field("temperature", "0.3")));
        Assert.NotEqual(a, Hash("""{"model":"a","messages":[],"temperature":0.4,"top_p":1}"""));
        Assert.Equal(16, a.Length);
    }

    private static string Hash(string body, params BodyField[] fields) => ParametersHash.Of(Read(body), fields);

    private static BodyField Field(string name, string json) => new(name, Encoding.UTF8.GetBytes(json));

    private static string Rewrite(string body, string model = "m", string? system = null, SystemPromptMode mode = SystemPromptMode.Replace, BodyField[]? fields = null, bool addUsage = false) =>
        Encoding.UTF8.GetString(ChatRequestRewriter.Rewrite(Read(body), model, system, mode, fields ?? [], addUsage, out _).Span);

    private static ChatRequest Read(string body)
    {
        var (request, error) = ChatRequestReader.Read(Encoding.UTF8.GetBytes(body));
        Assert.Null(error);
        return request!;
    }
}
