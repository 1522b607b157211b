namespace KernelSim.DocsSite;

/// <summary>A link that leads nowhere, or that a page must not have.</summary>
/// <param name="Page">The page or style sheet that has it, relative to the site's root, with forward slashes.</param>
/// <param name="Target">The link as it is written.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record DeadLink(string Page, string Target, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Page}: {Target}: {Reason}";
}
