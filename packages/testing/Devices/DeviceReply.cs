using KernelSim.Protocol;

namespace KernelSim.Testing;

/// <summary>How a request to a device ended.</summary>
/// <param name="Status">The NTSTATUS that completed the request, or that refused it at once.</param>
/// <param name="Bytes">The reply, as many bytes as the status block's Information says; empty after an error.</param>
public sealed record DeviceReply(NtStatus Status, byte[] Bytes);
