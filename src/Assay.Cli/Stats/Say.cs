using System.Globalization;

namespace Assay.Cli.Stats;

/// <summary>Numbers as people read them.</summary>
internal static class Say
{
    /// <summary>1471 is "1,471".</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>.655 is "65.5 %".</summary>
    public static string Percent(double value) => (100 * value).ToString("0.####", CultureInfo.InvariantCulture) + " %";

    /// <summary>Four significant digits.</summary>
    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>Rounded to three significant digits, for what was solved for and not typed.</summary>
    public static double Rounded(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
