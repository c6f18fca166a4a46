namespace Assay.Events;

/// <summary>The types of events, as flags, so that a field can say in which of them it may stand.</summary>
[Flags]
internal enum EventKind : byte
{
    None = 0,
    Exposure = 1,
    Generation = 2,
    Outcome = 4,
    Score = 8,
    Label = 16,
    Measured = Outcome | Score | Label,
    Judged = Score | Label,
    All = Exposure | Generation | Measured,
}
