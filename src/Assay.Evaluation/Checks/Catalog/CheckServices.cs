namespace Assay.Evaluation;

/// <summary>What checks may use of the world. All of it is optional; a check that needs what is not here cannot be made, and says so before a run.</summary>
public sealed record CheckServices
{
    /// <summary>For the embedding similarities.</summary>
    public IEmbedder? Embedder { get; init; }

    /// <summary>For BERTScore.</summary>
    public ITokenEmbedder? TokenEmbedder { get; init; }

    /// <summary>For code checks, hooks and token vectors by command; see <see cref="BoundedProcessRunner"/>.</summary>
    public IProcessRunner? ProcessRunner { get; init; }

    /// <summary>Relative files and commands of checks start here; null: the process's own folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Of one regular expression on one answer. A pattern that takes longer is an error, not a fail.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where a check declares none.</summary>
    public ProcessLimits ProcessLimits { get; init; } = new();
}
