namespace Assay.Experiments;

public enum ProblemSeverity { Error, Warning }
