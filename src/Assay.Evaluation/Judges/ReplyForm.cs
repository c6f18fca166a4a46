namespace Assay.Evaluation;

/// <summary>The form that a judge must answer in; nothing else is read.</summary>
public enum ReplyForm
{
    /// <summary>The reply is one JSON object and nothing besides (a code fence around it is allowed).</summary>
    Json,

    /// <summary>Free text whose last line is the verdict: for models that think aloud.</summary>
    FinalLine,
}
