namespace Assay.Experiments;

public enum GuardrailAction { Alert, Review, Pause, Rollback }
