using System.Collections.Immutable;
using System.Globalization;
using Assay.Experiments;

namespace Assay.Analysis;

/// <summary>How the units divide into segments: every critical value, every value that something was said of, and the rest; attributes are independent of each other.</summary>
/// <param name="Attributes">The simulated ones.</param>
/// <param name="All">Every combination of their values.</param>
/// <param name="Told">Every value with its share and effect.</param>
internal sealed record SimulatedCells(ImmutableArray<string> Attributes, ImmutableArray<SimulatedCell> All, ImmutableArray<SegmentAssumption> Told)
{
    private const int Most = 256;

    /// <exception cref="ArgumentException">What was said does not fit the definition or itself; the message names it.</exception>
    public static SimulatedCells Of(Experiment experiment, SimulationOptions options)
    {
        foreach (var given in options.Segments)
        {
            if (experiment.Segments.All(s => s.Attribute != given.Attribute))
                throw new ArgumentException($"'{given.Attribute}' is no segment of the experiment{(experiment.Segments.IsEmpty ? "" : "; there are " + string.Join(", ", experiment.Segments.Select(s => s.Attribute)))}: declare it under segments");
            if (given.Share is { } share && !(share is > 0 and < 1)) throw new ArgumentException(Line($"the share of {given.Attribute}={given.Value} must lie between 0 and 1, but is {share}"));
            if (given.Effect is { } effect && !double.IsFinite(effect)) throw new ArgumentException($"the effect in {given.Attribute}={given.Value} must be a number");
        }
        ImmutableArray<SimulatedCell> cells = [new(1, [], options.Effect)];
        var attributes = ImmutableArray.CreateBuilder<string>();
        var told = ImmutableArray.CreateBuilder<SegmentAssumption>();
        foreach (var segment in experiment.Segments)
        {
            var values = Values(segment, options);
            if (values.IsEmpty) continue;
            attributes.Add(segment.Attribute);
            told.AddRange(values);
            var rest = new SegmentAssumption(segment.Attribute, "", 1 - values.Sum(v => v.Share!.Value), null);
            cells = [.. from cell in cells
                        from value in values.Append(rest)
                        select new SimulatedCell(cell.Share * value.Share!.Value, cell.Values.Add(value == rest ? null : value.Value), cell.Effect + (value.Effect - options.Effect ?? 0))];
            if (cells.Length > Most) throw new ArgumentException($"the segments divide the units into more than {Most} groups: too many to simulate");
        }
        return new SimulatedCells(attributes.ToImmutable(), cells, told.ToImmutable());
    }

    // What has no share of its own gets as much as the rest keeps.
    private static ImmutableArray<SegmentAssumption> Values(Segment segment, SimulationOptions options)
    {
        var given = options.Segments.Where(s => s.Attribute == segment.Attribute).ToLookup(s => s.Value);
        string[] values = [.. segment.Critical.Keys.Concat(given.Select(g => g.Key)).Distinct()];
        SegmentAssumption[] said = [.. values.Select(v => new SegmentAssumption(segment.Attribute, v, given[v].LastOrDefault(g => g.Share is not null)?.Share, given[v].LastOrDefault(g => g.Effect is not null)?.Effect))];
        var left = 1 - said.Sum(s => s.Share ?? 0);
        if (said.Length > 0 && !(left > 1e-9)) throw new ArgumentException(Line($"the shares of {segment.Attribute} leave nothing for the rest: they sum to {1 - left}"));
        var part = left / (said.Count(s => s.Share is null) + 1);
        return [.. said.Select(s => s with { Share = s.Share ?? part })];
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
