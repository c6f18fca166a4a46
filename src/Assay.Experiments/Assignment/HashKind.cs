namespace Assay.Experiments;

/// <summary>How a unit becomes a bucket.</summary>
public enum HashKind { Sha256, GrowthBookV2, Md5Mod10000 }
