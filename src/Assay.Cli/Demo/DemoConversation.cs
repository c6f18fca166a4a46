namespace Assay.Cli.Demo;

/// <summary>A simulated customer with a question: what they write and how they judge the answer follow from the seed alone.</summary>
internal sealed class DemoConversation
{
    private static readonly string[] Names = ["Ada", "Ben", "Chloe", "Dev", "Elif", "Finn", "Grace", "Hugo", "Ines", "Jonas", "Kira", "Liam"];

    private readonly Random _random;

    public DemoConversation(int seed, int number)
    {
        _random = new Random(unchecked(seed * 7919 + number));
        Id = $"conv-{seed}-{number:D5}";
        Name = Names[_random.Next(Names.Length)];
        Topic = _random.NextDouble() < 0.5 ? "return" : "delivery";
        Plan = _random.NextDouble() < 0.3 ? "pro" : "free";
        Turns = 1 + (_random.NextDouble() < 0.7 ? 1 : 0) + (_random.NextDouble() < 0.4 ? 1 : 0);
    }

    public string Id { get; }
    public string Name { get; }
    public string Topic { get; }
    public string Plan { get; }

    /// <summary>How many messages the customer writes, 1 to 3.</summary>
    public int Turns { get; }

    public string Message(int turn) => turn switch
    {
        0 => $"[order context: customer {Name}, order {Id}] I have a question about the {Topic} of my order.",
        1 => $"[order context: customer {Name}, order {Id}] And what happens with the {Topic} if I do nothing?",
        _ => $"[order context: customer {Name}, order {Id}] Good. So my {Topic} is taken care of?",
    };

    /// <summary>The customer reads the last answer: a cited policy settles 65 of 100 questions, none 60.</summary>
    public DemoOutcome Judge(string lastAnswer)
    {
        var resolved = _random.NextDouble() < (SimulatedAnswer.CitesPolicy(lastAnswer) ? 0.65 : 0.60);
        var escalated = !resolved && _random.NextDouble() < 0.3;
        var csat = _random.NextDouble() < 0.4 ? Math.Clamp((resolved ? 4 : 2) + _random.Next(-1, 2), 1, 5) : (int?)null;
        return new DemoOutcome(resolved, escalated, csat);
    }
}
