using System.Text.RegularExpressions;

namespace Assay.Cli.Demo;

/// <summary>The wording of the simulated model. A citing answer is recognised by the simulated customer, who reads the text and nothing else.</summary>
internal static partial class SimulatedAnswer
{
    private static readonly string[] Openings = ["Thanks for writing.", "I looked into it.", "Happy to help with that.", "I see what happened."];
    private static readonly string[] Closings = ["Does that settle it?", "Is there anything else?", "Let me know if that works for you."];

    public static string Write(string question, bool cites, Random random)
    {
        var topic = question.Contains("return", StringComparison.OrdinalIgnoreCase) ? "return" : "delivery";
        var action = topic == "return" ? "You can send it back with the label in your account." : "The parcel is on its way and should be there in two days.";
        var opening = Openings[random.Next(Openings.Length)];
        var closing = Closings[random.Next(Closings.Length)];
        if (!cites) return $"[simulated] {opening} {action} {closing}";
        var name = NamePattern().Match(question) is { Success: true } match ? match.Groups[1].Value : "there";
        var policy = topic == "return"
            ? "Policy R-2 (returns): unused items go back free of charge within 30 days."
            : "Policy S-4 (shipping): if it is not there within five working days, shipping is refunded.";
        return $"[simulated] Hello {name}. {opening} {action} {policy} {closing}";
    }

    /// <summary>Whether an answer cites a policy.</summary>
    public static bool CitesPolicy(string answer) => answer.Contains("Policy ", StringComparison.Ordinal);

    [GeneratedRegex("customer ([A-Z][a-z]+)")]
    private static partial Regex NamePattern();
}
