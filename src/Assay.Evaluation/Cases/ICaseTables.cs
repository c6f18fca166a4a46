using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Evaluation;

/// <summary>The port to tabular files that this project cannot read by itself.</summary>
public interface ICaseTables
{
    /// <summary>One JSON object per row; null, and why, when it cannot be read.</summary>
    (ImmutableArray<JsonElement>? Rows, string? Problem) Read(string path);
}
