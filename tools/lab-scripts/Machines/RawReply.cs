using KernelSim.Protocol;

namespace KernelSim.LabScripts.Machines;

/// <summary>The outcome of a message.</summary>
/// <param name="Status">The NTSTATUS of the status block, or of the call that failed.</param>
/// <param name="Information">The information in the status block, usually the length of the reply.</param>
/// <param name="Reply">The bytes that reached the caller's reply buffer: none after an error.</param>
internal sealed record RawReply(NtStatus Status, ulong Information, byte[] Reply);
