using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>An application that answers over HTTP: it is sent one POST per case.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Body">Template: texts may hold <c>{{input}}</c>, <c>{{messages}}</c> and the case's variables; null: <c>{"id","input","messages","vars"}</c>.</param>
/// <param name="AnswerPath">Path of the answer in the JSON response, such as <c>choices[0].text</c>; null: the whole body is the answer.</param>
/// <param name="ContextPath">Path of the retrieved documents, a text or a list of texts; null: none reported.</param>
/// <param name="KeyEnv">Environment variable whose value goes as a bearer token; null sends none.</param>
public sealed record HttpApplication(Uri Url, JsonElement? Body, string? AnswerPath, string? ContextPath, string? KeyEnv);
