namespace Assay.Experiments;

/// <summary>The unit of randomisation and of analysis.</summary>
public enum UnitKind { Request, Session, Conversation, User, Cluster }
