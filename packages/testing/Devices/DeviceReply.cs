using KernelSim.Protocol;

namespace KernelSim.Testing;

/// <summary>How a request to a device ended.</summary>
/// <param name="Status">The final status.</param>
/// <param name="Bytes">The reply; empty after an error.</param>
public sealed record DeviceReply(NtStatus Status, byte[] Bytes);
