using System.Text.Json.Nodes;

namespace Assay.Cli.Stats;

/// <summary>A method of the statistics library as JSON in, JSON out.</summary>
/// <param name="Name">As in <c>assay stats NAME</c>.</param>
/// <param name="Summary">One line: what it answers.</param>
/// <param name="Example">A complete input, shown when the input is wrong or missing.</param>
/// <param name="Run">Reads its fields from the input and computes; what is not estimable becomes null with an entry in <c>reasons</c>.</param>
public sealed record StatsMethod(string Name, string Summary, string Example, Func<StatsInput, JsonObject> Run);
