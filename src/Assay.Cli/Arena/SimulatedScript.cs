namespace Assay.Cli.Arena;

/// <summary>What the simulated model says to the five questions, plainly and when told to cite, and how the simulated judge scores it: clarity, accuracy, policy citation.</summary>
internal static class SimulatedScript
{
    private sealed record Line(string Question, string Plain, int[] PlainScores, string Citing, int[] CitingScores);

    private static readonly Line[] Lines =
    [
        new("package hasn't arrived",
            "Sorry about the wait! Sometimes parcels take a little longer than planned. Please give it a few more days, and write to us again if nothing has come.", [3, 4, 1],
            "Sorry that it is late. Under Policy S-4 (shipping, example.com/policies/s-4) a parcel that is not there after five working days counts as delayed: I can refund the shipping now, and on day 10 we send a replacement or refund the order.", [4, 4, 5]),
        new("return a shoe",
            "You can usually return shoes. Since the box is open it depends a bit, but please send them back and we will have a look.", [4, 3, 1],
            "Unused shoes can come back within 30 days even when the box was opened: Policy R-2 (returns, example.com/policies). Bought last month, it may be just in time; the label is in your account under Orders.", [4, 4, 4]),
        new("charged twice",
            "Double charges are often only a display matter at your bank. It should go away by itself.", [3, 2, 1],
            "For order #44129 one of the two lines is a card authorisation. Policy B-1 (billing, example.com/policies/b-1): it is released within three working days; if both are booked by then, we refund one the same day.", [4, 4, 5]),
        new("change the delivery address",
            "Yes, as long as the order is pending you can change the address in your account, or tell me the new one.", [4, 4, 1],
            "Yes. While the order is pending you can change it under Orders, Delivery address, at no cost: Policy S-2 (address changes, example.com/policies/s-2). Once it says Packed, it is too late.", [5, 5, 5]),
        new("is damaged",
            "I am sorry! You can send it back and get another one or your money, whichever suits you.", [3, 3, 1],
            "I am sorry. Under Policy R-5 (damaged goods, example.com/policies) you may choose a replacement, a refund or a part of the price back, within 14 days; a photo is enough, nothing has to be sent back first.", [4, 4, 4]),
    ];

    public static string Answer(string question, bool cites)
    {
        var line = Lines.FirstOrDefault(l => question.Contains(l.Question, StringComparison.OrdinalIgnoreCase));
        if (line is null) return cites ? "[simulated] This is a canned answer. Policy G-1 (general, example.com/policies/g-1) applies." : "[simulated] This is a canned answer.";
        return "[simulated] " + (cites ? line.Citing : line.Plain);
    }

    /// <summary>A score from 1 to 5: as written for the axes of <c>assay init</c>, on any other axis 4 for an answer that cites a policy and 3 for one that does not.</summary>
    public static int Score(string axis, string answer)
    {
        var scores = Scores(answer);
        return axis switch { "clarity" => scores[0], "accuracy" => scores[1], "policy-citation" => scores[2], _ => Cites(answer) ? 4 : 3 };
    }

    /// <summary>All of its scores together.</summary>
    public static int Total(string answer) => Scores(answer).Sum();

    private static int[] Scores(string answer)
    {
        var line = Lines.FirstOrDefault(l => answer.Contains(l.Plain, StringComparison.Ordinal) || answer.Contains(l.Citing, StringComparison.Ordinal));
        if (line is null) return [3, 3, Cites(answer) ? 5 : 1];
        return answer.Contains(line.Citing, StringComparison.Ordinal) ? line.CitingScores : line.PlainScores;
    }

    private static bool Cites(string answer) => answer.Contains("Policy ", StringComparison.Ordinal);
}
