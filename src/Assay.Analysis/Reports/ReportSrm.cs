namespace Assay.Analysis;

/// <summary>Sample ratio mismatch: are the arms as large as their weights promise?</summary>
/// <param name="PValue">On exposed units, of the running test until the planned end and of the chi-square test there; null without units.</param>
/// <param name="Ok">False below .001; null when it could not be tested.</param>
public sealed record ReportSrm(double? PValue, bool? Ok);
