using System.Collections.Immutable;

namespace Assay.Experiments.Reading;

/// <summary>The list <c>rollout</c>.</summary>
internal static class RolloutSection
{
    internal static readonly string[] Stages = ["offline", "shadow", "canary", "ab"];

    public static ImmutableArray<RolloutStage> Read(Section experiment)
    {
        var stages = ImmutableArray.CreateBuilder<RolloutStage>();
        var (last, lastExposure) = (-1, 0.0);
        foreach (var (node, path) in experiment.List("rollout"))
        {
            if (Section.Of(node, path, experiment.Source) is not { } item) continue;
            var name = item.RequiredText("stage");
            var stage = new RolloutStage(name ?? "",
                item.Number("exposure", n => n is >= 0 and <= 1, "a share in [0, 1]"), item.Duration("for"), item.Text("skip"), item.Text("suite"),
                item.Number("sample", n => n is >= 0 and <= 1, "a share in [0, 1]"), item.Text("until"));
            item.Finish();
            stages.Add(stage);
            if (name is null) continue;
            var order = Array.IndexOf(Stages, name);
            if (order < 0) item.Error("unknown-value", "stage", $"'{name}' is not a stage; there are {string.Join(", ", Stages)}", Suggestions.Hint(name, Stages));
            else if (order < last) item.Error("rollout-order", "stage", $"the stage '{name}' comes after a later one", "offline, shadow, canary, ab");
            last = Math.Max(last, order);
            Belongs(item, "exposure", name is "canary" or "ab", stage.Exposure is not null);
            Belongs(item, "sample", name == "shadow", stage.Sample is not null);
            Belongs(item, "suite", name == "offline", stage.Suite is not null);
            if (stage.Until is not null and not "planned") item.Error("unknown-value", "until", $"'{stage.Until}' is not an end; there is planned");
            if (stage.Exposure < lastExposure) item.Error("rollout-order", "exposure", "exposure may only rise from stage to stage: units that entered stay in the analysis");
            lastExposure = Math.Max(lastExposure, stage.Exposure ?? 0);
        }
        return stages.ToImmutable();
    }

    private static void Belongs(Section item, string key, bool belongs, bool isThere)
    {
        if (isThere && !belongs) item.Error("key-not-for-type", key, $"{key} does not belong to this stage");
    }
}
