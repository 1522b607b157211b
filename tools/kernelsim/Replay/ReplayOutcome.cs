using KernelSim.Protocol;

namespace KernelSim.Tool.Replay;

/// <summary>The outcome of a recorded message.</summary>
/// <param name="Message">The message that was sent.</param>
/// <param name="Status">The status that it completed with.</param>
/// <param name="Information">What the status block says, usually the bytes of the reply.</param>
internal sealed record ReplayOutcome(RecordedMessage Message, NtStatus Status, ulong Information)
{
    /// <summary>The result that the library would decode from the status.</summary>
    public EbpfResult Result => ResultConversions.SeenThroughIoctl(Status);
}
