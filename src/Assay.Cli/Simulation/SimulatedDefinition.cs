using System.Globalization;
using Assay.Analysis;
using Assay.Cli.Analysis;
using Assay.Experiments;

namespace Assay.Cli.Simulation;

/// <summary>What <c>assay simulate</c> reads.</summary>
internal static class SimulatedDefinition
{
    /// <exception cref="UsageException">The file has errors, or does not hold exactly one experiment with a primary metric.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static (Experiment Experiment, DataMapping? Mapping) Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no file '{path}'");
        var definitions = DeclaredExperiment.Read(path) ?? throw new UsageException($"{path} has errors");
        return (DeclaredExperiment.Single(definitions, path), definitions.Data);
    }

    /// <summary>METRIC=VALUE or METRIC=VALUE:SD.</summary>
    public static Assumption ReadAssumption(string text)
    {
        if (text.Split('=') is [{ Length: > 0 } metric, var numbers] && numbers.Split(':') is { Length: 1 or 2 } parts
            && parts.All(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)))
        {
            double? sd = parts.Length == 2 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : null;
            if (sd is null or > 0) return new Assumption(metric, double.Parse(parts[0], CultureInfo.InvariantCulture), sd, "given");
        }
        throw new UsageException($"--assume {text}: write METRIC=VALUE, or METRIC=VALUE:SD with a standard deviation above 0");
    }

    /// <summary>METRIC=D, or one number for all.</summary>
    public static SecondaryEffect ReadSecondary(string text)
    {
        if (Number(text) is { } all) return new SecondaryEffect(null, all);
        return text.Split('=') is [{ Length: > 0 } metric, var number] && Number(number) is { } effect ? new SecondaryEffect(metric, effect)
            : throw new UsageException($"--secondary-effect {text}: write METRIC=D, or one number for all secondaries", "--secondary-effect csat=0.1");
    }

    /// <summary>ATTRIBUTE=VALUE:NUMBER; the value may hold a colon itself.</summary>
    public static (string Attribute, string Value, double Number) ReadSegment(string option, string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal), colon = text.LastIndexOf(':');
        return equals > 0 && colon > equals + 1 && Number(text[(colon + 1)..]) is { } number ? (text[..equals], text[(equals + 1)..colon], number)
            : throw new UsageException($"{option} {text}: write ATTRIBUTE=VALUE:NUMBER", $"{option} plan=enterprise:{(option == "--segment-share" ? "0.2" : "-0.02")}");
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
