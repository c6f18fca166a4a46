using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Assay.Evaluation.Checks;

/// <summary>The references that an answer is measured against: declared texts, or else the case's expected answer.</summary>
internal sealed class References
{
    private readonly ImmutableArray<Wanted> wanted;

    private References(ImmutableArray<Wanted> wanted) => this.wanted = wanted;

    public static CheckArgument Argument { get; } = new("value", "text or list of texts", "the references, of which the best match counts", "the case's expected");

    public static References Read(CheckArguments arguments) =>
        new(arguments.Element("value") is null ? [Wanted.Read(arguments)] : [.. (arguments.Texts("value") ?? []).Select(Wanted.Of)]);

    public bool TryFor(GoldenCase golden, out ImmutableArray<string> texts, [NotNullWhen(false)] out CheckResult? missing)
    {
        var found = ImmutableArray.CreateBuilder<string>(wanted.Length);
        foreach (var one in wanted)
        {
            if (!one.TryFor(golden, out var text, out missing))
            {
                texts = [];
                return false;
            }
            found.Add(text);
        }
        (texts, missing) = (found.ToImmutable(), null);
        return true;
    }
}
