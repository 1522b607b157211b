namespace KernelSim.DocsSite;

/// <summary>The site cannot be built, for a reason that the message gives in a sentence or a few lines.</summary>
internal sealed class SiteException(string message) : Exception(message);
