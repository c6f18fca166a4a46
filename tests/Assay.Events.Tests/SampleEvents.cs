using System.Globalization;

namespace Assay.Events.Tests;

/// <summary>Plain events for tests that care for their number and order only.</summary>
internal static class SampleEvents
{
    public static readonly DateTimeOffset Time = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static OutcomeEvent Outcome(int number, bool clientId = false, double value = 1) => new()
    {
        Id = "e" + number.ToString(CultureInfo.InvariantCulture),
        Timestamp = Time.AddMilliseconds(number),
        HasClientId = clientId,
        Target = new EventTarget("unit-" + number.ToString(CultureInfo.InvariantCulture)),
        Metric = "resolved",
        Value = value,
    };

    public static OutcomeEvent[] Outcomes(int from, int count, bool clientId = false) =>
        [.. Enumerable.Range(from, count).Select(i => Outcome(i, clientId))];
}
