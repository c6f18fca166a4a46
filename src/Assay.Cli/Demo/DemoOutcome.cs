namespace Assay.Cli.Demo;

/// <summary>What came of a simulated conversation; not everybody rates it.</summary>
internal sealed record DemoOutcome(bool Resolved, bool Escalated, int? Csat);
