using System.Text;
using Assay.Experiments;

namespace Assay.Gateway.Tests;

public sealed class MeasuringTests
{
    private static readonly PriceTable Prices = new([
        new ModelPrice("m", 1, null, 2, null, new DateOnly(2025, 1, 1)),
        new ModelPrice("m", 10, 5, 20, null, new DateOnly(2026, 1, 1)),
        new ModelPrice("gpu", null, null, null, 3.6, null),
        new ModelPrice("half", 1, null, null, null, null)]);

    [Theory]
    [InlineData("m", null, "2026-01-01", 1000L, 400L, 100L, (600 * 10 + 400 * 5 + 100 * 20) / 1e6)]
    [InlineData("m", null, "2025-06-01", 1000L, 400L, 100L, (1000 * 1 + 100 * 2) / 1e6)]
    [InlineData("unknown", "m", "2026-01-01", 1000L, null, 100L, (1000 * 10 + 100 * 20) / 1e6)]
    [InlineData("m", null, "2024-12-31", 1000L, null, 100L, null)]
    [InlineData("unknown", "unknown", "2026-01-01", 1000L, null, 100L, null)]
    [InlineData("m", null, "2026-01-01", null, null, 100L, null)]
    [InlineData("half", null, "2026-01-01", 1000L, null, 100L, null)]
    [InlineData("gpu", null, "2026-01-01", null, null, null, 0.002)]
    public void Cost_ByTable_IsExactOrUnknown(string served, string? requested, string day, long? input, long? cached, long? output, double? expected)
    {
        var price = Prices.Find(served, requested, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        var cost = PriceTable.Cost(price, input, cached, output, latencyMs: 2000);
        Assert.Equal(expected is null, cost is null);
        if (expected is { } known) Assert.Equal(known, cost!.Value, 12);
    }

    [Fact]
    public void Meter_Frames_GiveTtftTpotAndP95()
    {
        var time = new FakeTime();
        var meter = new GenerationMeter(time, time.GetTimestamp());
        time.AdvanceMs(120);
        meter.ContentDelivered();
        for (var i = 1; i <= 20; i++)
        {
            time.AdvanceMs(i);
            meter.ContentDelivered();
        }
        time.AdvanceMs(5);
        Assert.Equal(335, meter.ElapsedMs, 9);
        Assert.Equal(120, meter.TtftMs!.Value, 9);
        Assert.Equal(210.0 / 40, meter.TpotMs(41)!.Value, 9);
        Assert.Equal(19, meter.ItlP95Ms!.Value, 9);
    }

    [Fact]
    public void Meter_OneFrameOrOneToken_HasNothingToMeasure()
    {
        var time = new FakeTime();
        var meter = new GenerationMeter(time, time.GetTimestamp());
        Assert.Null(meter.TtftMs);
        time.AdvanceMs(1);
        meter.ContentDelivered();
        Assert.Null(meter.TpotMs(10));
        Assert.Null(meter.ItlP95Ms);
        meter.ContentDelivered();
        Assert.Null(meter.TpotMs(1));
        Assert.Null(meter.TpotMs(null));
    }

    [Theory]
    [InlineData("data: a\n\ndata: b", 9)]
    [InlineData("data: a\r\n\r\nx", 11)]
    [InlineData("data: a\r\rx", 9)]
    [InlineData("event: e\ndata: a\n\n", 18)]
    [InlineData("data: a\n", 0)]
    [InlineData("data: a\r\n", 0)]
    [InlineData("data: a", 0)]
    [InlineData("", 0)]
    public void LengthOfFirst_Frame_EndsAfterItsBlankLine(string text, int length) => Assert.Equal(length, SseFrames.LengthOfFirst(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("data: a\n\n", "a")]
    [InlineData("data:a\r\n\r\n", "a")]
    [InlineData("event: e\ndata: a b\n\n", "a b")]
    [InlineData(": comment\n\n", "")]
    public void Data_Frame_IsItsDataLine(string text, string data) => Assert.Equal(data, Encoding.UTF8.GetString(SseFrames.Data(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void RecentExposures_BeyondCapacity_ForgetsTheOlderHalf()
    {
        var recent = new RecentExposures(10);
        var ids = Enumerable.Range(0, 30).Select(i => Events.ExposureId.For("e", 1, i.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        foreach (var id in ids)
        {
            recent.Add(id);
            Assert.True(recent.Contains(id));
        }
        Assert.InRange(ids.Count(recent.Contains), 5, 10);
        Assert.False(recent.Contains(ids[0]));
    }

    private sealed class FakeTime : TimeProvider
    {
        private long now = 1;
        public override long TimestampFrequency => 1_000_000;
        public override long GetTimestamp() => now;
        public void AdvanceMs(int ms) => now += ms * 1000L;
    }
}
