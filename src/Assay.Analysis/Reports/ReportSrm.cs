namespace Assay.Analysis;

/// <summary>Sample ratio mismatch: are the arms as large as their weights promise?</summary>
/// <param name="PValue">Of the chi-square test on exposed units; null without units.</param>
/// <param name="Ok">False below .001; null when it could not be tested.</param>
public sealed record ReportSrm(double? PValue, bool? Ok);
