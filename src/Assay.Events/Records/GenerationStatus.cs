namespace Assay.Events;

public enum GenerationStatus { Ok, Error, Timeout, Cancelled, Blocked }
