using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay.Evaluation;

/// <summary>How much more a judge favours one kind of answer than humans do on the same items.</summary>
/// <param name="Items">Items that show it.</param>
/// <param name="Judge">The judge's share for that kind of answer, ties half.</param>
/// <param name="Human">The humans' share.</param>
/// <param name="Bias">Judge − human.</param>
/// <param name="Interval">Of the bias; null when not estimable.</param>
/// <param name="Reason">Why there is none.</param>
public sealed record JudgeBias(
    int Items, double? Judge, double? Human, double? Bias, [property: JsonConverter(typeof(IntervalJson))] Interval? Interval, string? Reason);
