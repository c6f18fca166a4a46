using System.Text.Json;
using Assay.Evaluation.Checks;
using Assay.Testing;

namespace Assay.Evaluation.Tests.Checks;

public sealed class JsonSchemaTests
{
    [Fact]
    [Trait("Kind", "reference")]
    public void Validate_OfReferenceSchemas_AgreesOnEveryValue()
    {
        var file = JsonElement.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "Assay.Evaluation.Tests", "Checks", "schemas.json")));
        var values = 0;
        Assert.All(file.GetProperty("schemas").EnumerateArray(), entry =>
        {
            var schema = JsonSchema.Parse(entry.GetProperty("schema"), TimeSpan.FromSeconds(1), out var problems);
            Assert.Empty(problems);
            foreach (var value in entry.GetProperty("valid").EnumerateArray()) Assert.Empty(schema!.Validate(value));
            foreach (var value in entry.GetProperty("invalid").EnumerateArray()) Assert.False(schema!.Validate(value).IsEmpty, $"{entry.GetProperty("schema")} allows {value}");
            Interlocked.Add(ref values, entry.GetProperty("valid").GetArrayLength() + entry.GetProperty("invalid").GetArrayLength());
        });
        Assert.Equal(107, values);
    }

    [Theory]
    [InlineData("""{ "requird": ["a"] }""", "#/requird: 'requird' is no keyword; did you mean 'required'?")]
    [InlineData("""{ "properties": { "a": { "unevaluatedItems": false } } }""", "#/properties/a/unevaluatedItems: the keyword 'unevaluatedItems' is not supported here")]
    [InlineData("""{ "type": "int" }""", "#/type is 'int'; types are null, boolean, object, array, number, string, integer")]
    [InlineData("""{ "$ref": "other.json" }""", "#/$ref refers to 'other.json', which is not in this schema; references go to '#' or '#/$defs/…'")]
    [InlineData("""{ "items": 3 }""", "#/items is 3, where a schema stands: an object, true or false")]
    [InlineData("""{ "minLength": -1 }""", "#/minLength is -1, not a whole number of at least 0")]
    public void Parse_OfSchemaThatCannotBeApplied_SaysWhere(string schema, string problem)
    {
        Assert.Null(JsonSchema.Parse(JsonElement.Parse(schema), TimeSpan.FromSeconds(1), out var problems));
        Assert.Equal(problem, Assert.Single(problems));
    }

    [Fact]
    public async Task Score_OfSchemasThatCannotBeApplied_IsAnErrorAlsoWithNot()
    {
        Assert.Equal("error", Ask.Outcome(await Ask.ScoreAsync("not-json-schema", """{ "schema": { "$ref": "#" } }""", "1")));
        var runaway = new CheckServices { RegexTimeout = TimeSpan.FromMilliseconds(50) };
        var answer = new Answer { Text = $"\"{new string('a', 60)}!\"" };
        Assert.Equal("error", Ask.Outcome(await Ask.ScoreAsync("json-schema", """{ "schema": { "pattern": "^(a+)+$" } }""", answer, services: runaway)));
    }

    [Fact]
    public void Create_WithSchemaFile_ReadsItFromTheWorkingDirectory()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "schema.json"), """{ "type": "object" }""");
            var services = new CheckServices { WorkingDirectory = folder.FullName };
            Assert.Empty(Ask.Create("json-schema", """{ "file": "schema.json" }""", services).Problems);
            Assert.StartsWith("none.json cannot be read", Assert.Single(Ask.Create("json-schema", """{ "file": "none.json" }""", services).Problems).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
