namespace Assay.Analysis;

/// <summary>Both tests of the sample ratio.</summary>
/// <param name="Method">The one that decides: "dirichlet-multinomial" while running, "chi-square" at the end.</param>
/// <param name="RunningPValue">The smallest of 1 / Bayes factor at the end of any hour so far; null without units.</param>
/// <param name="SmallestAt">End of the hour with the smallest; null without times.</param>
/// <param name="Checks">How many hours were looked at.</param>
/// <param name="ChiSquarePValue">Of the units so far, good for one look only; null without units.</param>
public sealed record RunningSrm(string Method, double? RunningPValue, DateTimeOffset? SmallestAt, int Checks, double? ChiSquarePValue);
