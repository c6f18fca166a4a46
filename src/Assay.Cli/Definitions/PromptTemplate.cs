namespace Assay.Cli.Definitions;

/// <summary>The files of <c>assay init --template prompt</c>: two prompts, one difference.</summary>
internal static class PromptTemplate
{
    public static readonly (string Name, string Text)[] Files =
    [
        ("experiment.yaml", Definition),
        ("prompts/control.md", "Be helpful.\n"),
        ("prompts/treatment.md", "Be helpful, and cite the policy that applies.\n"),
        ("arena/suite.yaml", Resource("suite.yaml")),
        ("arena/rubric.yaml", Resource("rubric.yaml")),
        ("arena/golden/support.jsonl", Resource("support.jsonl")),
    ];

    private static string Resource(string name)
    {
        using var stream = typeof(PromptTemplate).Assembly.GetManifestResourceStream("init/" + name) ?? throw new InvalidOperationException($"{name} is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private const string Definition = """
        # An experiment: does another prompt resolve more conversations?
        # Check it with: assay validate experiment.yaml
        key: prompt-test                  # lower-case letters, digits and '-'
        hypothesis: Citing the policy raises resolution by 5 points.
        owner: your-team
        unit: conversation                # who keeps one variant: request, session, conversation, user or cluster
        route: support-bot                # the model name that clients ask the gateway for

        variants:                         # the first is the control; change one thing only
          - key: control
            weight: 1
            system: { file: prompts/control.md }
          - key: treatment
            weight: 1
            system: { file: prompts/treatment.md }

        # audience: { where: "plan == 'pro'" }   # who is eligible; everybody without it
        exposure: 1.0                     # share of the eligible units that enter; raising it never moves a unit

        metrics:
          primary: resolution_rate        # decides; from feedback with the metric 'resolved'
          guardrails: [latency_p95, error_rate]   # must not get worse
          secondary: [csat, output_tokens]        # help to understand

        plan:
          alpha: 0.05                     # how often an equal variant may win or lose by chance
          power: 0.8                      # how often the effect below is found when it is there
          baseline: 0.60                  # what the control resolves today
          minimumEffect: 0.05             # the smallest difference worth shipping: 5 points
          minimumDays: 7                  # whole weeks: weekends differ

        guardrails:                       # limits; without one a guardrail metric can only warn
          - { metric: latency_p95, max: 3000, action: pause }
          - { metric: error_rate, maxChange: 0.01, action: rollback }
        ---
        upstreams:                        # keys never stand here: keyEnv names an environment variable
          openai: { baseUrl: "https://api.openai.com/v1", keyEnv: OPENAI_API_KEY }
        routes:                           # what is served outside the experiment
          support-bot: { upstream: openai, model: gpt-4o-mini }
        prices:                           # without a price, costs are not estimable
          gpt-4o-mini: { inputPer1M: 0.15, cachedInputPer1M: 0.075, outputPer1M: 0.60 }

        """;
}
