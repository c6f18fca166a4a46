namespace Assay.Evaluation.Tests.Checks;

public sealed class StructureChecksTests
{
    private const string Order = """{"order":{"id":"A-7","items":[{"id":1,"price":2.5},{"id":2,"price":4}],"unit price":9}}""";

    [Theory]
    [InlineData("is-json", "{}", """{"a":[1,null]}""", "pass")]
    [InlineData("is-json", "{}", " 3 \n", "pass")]
    [InlineData("is-json", "{}", """{"a":1,}""", "fail")]
    [InlineData("is-json", "{}", """{"a":1,"a":2}""", "fail")]
    [InlineData("is-json", "{}", "{'a':1}", "fail")]
    [InlineData("is-json", "{}", "", "fail")]
    [InlineData("is-json", """{ "kind": "object" }""", "[1]", "fail")]
    [InlineData("is-json", "{}", "```json\n{}\n```", "fail")]
    [InlineData("contains-json", "{}", "Sure: ```json\n{\"a\":1}\n```", "pass")]
    [InlineData("contains-json", "{}", "see [1] and {this}", "fail")]
    [InlineData("contains-json", """{ "kind": "array" }""", "see [1]", "pass")]
    [InlineData("contains-json", """{ "value": { "a": 1 } }""", "one {\"a\":2} two {\"a\":1,\"b\":3}", "pass")]
    [InlineData("contains-json", """{ "value": { "a": { "b": [1] } } }""", "{\"a\":{\"b\":[1,2]}}", "fail")]
    [InlineData("contains-json", "{}", "{{{{{{", "fail")]
    [InlineData("json-schema", """{ "schema": { "type": "object", "required": ["a"] } }""", """{"a":1}""", "pass")]
    [InlineData("json-schema", """{ "schema": { "type": "object", "required": ["a"] } }""", """{"b":1}""", "fail")]
    [InlineData("json-schema", """{ "schema": { "type": "object" } }""", """It is {"b":1}""", "fail")]
    [InlineData("json-schema", """{ "schema": { "type": "object" }, "where": "anywhere" }""", """[1]: it is {"b":1}""", "pass")]
    [InlineData("xml", "{}", "<a><b/></a>", "pass")]
    [InlineData("xml", "{}", "<a><b></a>", "fail")]
    [InlineData("xml", "{}", "Here:\n```xml\n<a/>\n```\nDone", "pass")]
    [InlineData("xml", """{ "fence": false }""", "```xml\n<a/>\n```", "fail")]
    [InlineData("xml", "{}", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "fail")]
    [InlineData("xml", """{ "path": "/a/b" }""", "<a><b/></a>", "pass")]
    [InlineData("xml", """{ "path": "/a/c" }""", "<a><b/></a>", "fail")]
    [InlineData("xml", """{ "path": "count(/a/b) = 2" }""", "<a><b/><b/></a>", "pass")]
    [InlineData("xml", """{ "path": "count(/a/b)", "value": "2" }""", "<a><b/><b/></a>", "pass")]
    [InlineData("xml", """{ "path": "//b/@id", "value": "7" }""", "<a><b id='6'/><b id='7'/></a>", "pass")]
    [InlineData("xml", """{ "path": "//p:b", "value": "x", "namespaces": { "p": "urn:u" } }""", "<a xmlns='urn:u'><b>x</b></a>", "pass")]
    [InlineData("xml", """{ "path": "//b", "value": "x" }""", "<a xmlns='urn:u'><b>x</b></a>", "fail")]
    public async Task Score_OfDeclaredStructureCheck_IsAsDocumented(string name, string arguments, string answer, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await Ask.ScoreAsync(name, arguments, answer)));

    [Theory]
    [InlineData("""{ "path": "$.order.id" }""", "pass")]
    [InlineData("""{ "path": "$.order.number" }""", "fail")]
    [InlineData("""{ "path": "$.order.id", "value": "A-7" }""", "pass")]
    [InlineData("""{ "path": "$['order'][\"unit price\"]", "value": 9.0 }""", "pass")]
    [InlineData("""{ "path": "$.order.items[-1].id", "value": 2 }""", "pass")]
    [InlineData("""{ "path": "$.order.items[2]" }""", "fail")]
    [InlineData("""{ "path": "$.order.items[*].price", "min": 2.5 }""", "pass")]
    [InlineData("""{ "path": "$.order.items[*].price", "min": 3 }""", "fail")]
    [InlineData("""{ "path": "$.order.items[*].price", "min": 3, "match": "any" }""", "pass")]
    [InlineData("""{ "path": "$.order.items.*.id", "max": 2 }""", "pass")]
    [InlineData("""{ "path": "$..id", "value": "A-7", "match": "any" }""", "pass")]
    [InlineData("""{ "path": "$..id", "max": 2 }""", "fail")]
    [InlineData("""{ "path": "$..items[0]", "value": { "price": 2.5, "id": 1 } }""", "pass")]
    [InlineData("""{ "path": "$.order.items", "max": 2 }""", "fail")]
    [InlineData("""{ "path": "$" }""", "pass")]
    public async Task JsonPath_OnAnOrder_FindsWhatStandsThere(string arguments, string outcome) =>
        Assert.Equal(outcome, Ask.Outcome(await Ask.ScoreAsync("json-path", arguments, Order)));

    [Theory]
    [InlineData("order.id", "a path starts with $")]
    [InlineData("$.", "it ends in a dot")]
    [InlineData("$.items[?(@.id)]", "'[?(@.id)]' is not supported")]
    [InlineData("$.items[0", "the bracket is not closed")]
    [InlineData("$['a", "the quote or the bracket is not closed")]
    [InlineData("$x", "a dot or a bracket should stand there, not 'x'")]
    [InlineData("$.a b", "a dot or a bracket should stand there, not ' '")]
    public void JsonPath_OfPathThatIsNone_SaysWhere(string path, string problem) =>
        Assert.Contains(problem, Assert.Single(Ask.Create("json-path", $$"""{ "path": "{{path}}" }""").Problems).Message, StringComparison.Ordinal);

    [Fact]
    public async Task JsonPath_OfTemplatedValue_FillsItFromTheCase() =>
        Assert.Equal("pass", Ask.Outcome(await Ask.ScoreAsync("json-path", """{ "path": "$.order.id", "value": "{{id}}" }""", new Answer { Text = Order }, Ask.Case(variables: """{"id":"A-7"}"""))));
}
