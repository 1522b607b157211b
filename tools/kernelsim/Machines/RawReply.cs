using KernelSim.Protocol;

namespace KernelSim.Tool.Machines;

/// <summary>What came back from the device.</summary>
/// <param name="Status">The final status.</param>
/// <param name="Information">What the status block says, usually the bytes of the reply.</param>
/// <param name="Reply">The bytes that reached the caller's reply buffer: none after an error.</param>
internal sealed record RawReply(NtStatus Status, ulong Information, byte[] Reply);
