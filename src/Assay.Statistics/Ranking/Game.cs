namespace Assay.Statistics;

/// <summary>One comparison of two players (models, prompts) on a case.</summary>
/// <param name="Left">Player shown first, from 0.</param>
/// <param name="Right">Player shown second, from 0; not the same.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Case">Comparisons of one case are not independent: they share this id.</param>
public readonly record struct Game(int Left, int Right, GameOutcome Outcome, long Case);
