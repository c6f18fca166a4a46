namespace Assay.Experiments;

public enum CorrectionKind { None, Bonferroni, Holm, Hochberg, BenjaminiHochberg, BenjaminiYekutieli }
