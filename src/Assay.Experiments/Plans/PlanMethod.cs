namespace Assay.Experiments;

/// <summary>When a goal may decide: at registered looks (one at the end where none are registered); or harm at any time and benefit once, at the planned end.</summary>
public enum PlanMethod { GroupSequential, Hybrid }
