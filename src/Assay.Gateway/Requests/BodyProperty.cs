namespace Assay.Gateway;

/// <summary>A top-level property of a body.</summary>
/// <param name="Name">With its quotes.</param>
/// <param name="Value">The whole value.</param>
/// <param name="IsParameter">Whether it changes what the model does, so that it belongs to the parameters' hash.</param>
internal readonly record struct BodyProperty(BodySpan Name, BodySpan Value, bool IsParameter);
