using KernelSim.Protocol;

namespace KernelSim.Tool.Replay;

/// <summary>How a recorded message ended.</summary>
/// <param name="Message">The message.</param>
/// <param name="Status">The status that it completed with.</param>
/// <param name="Information">What the status block says, usually the bytes of the reply.</param>
internal sealed record ReplayOutcome(RecordedMessage Message, NtStatus Status, ulong Information)
{
    /// <summary>What the library would make of the status.</summary>
    public EbpfResult Result => ResultConversions.SeenThroughIoctl(Status);
}
