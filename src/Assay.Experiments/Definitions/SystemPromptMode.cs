namespace Assay.Experiments;

public enum SystemPromptMode { Replace, Prepend, Append }
