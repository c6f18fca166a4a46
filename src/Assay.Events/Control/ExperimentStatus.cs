namespace Assay.Events;

/// <summary>Where an experiment is in its life.</summary>
public enum ExperimentStatus { Draft, Running, Paused, Stopped, RolledBack, Concluded }
