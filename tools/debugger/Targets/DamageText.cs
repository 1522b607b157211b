namespace KernelSim.Debugger.Targets;

/// <summary>What an exception that no reading expects says about the target: its memory is not what its types say.</summary>
internal static class DamageText
{
    /// <summary>The end of a complaint, in one line.</summary>
    /// <param name="target">The target; null if it is not open.</param>
    /// <param name="unforeseen">What was thrown.</param>
    public static string Of(IDebugTarget? target, Exception unforeseen) =>
        $"since {target?.Name ?? "the target"} is damaged where it is read: {FirstLine(unforeseen)}";

    /// <summary>The first line of a message.</summary>
    public static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd();
}
