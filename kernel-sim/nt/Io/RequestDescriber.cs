using KernelSim.Protocol;

namespace KernelSim.Nt.Io;

/// <summary>Names the operation of a control request for traces; null if neither code nor bytes identify one.</summary>
/// <param name="code">The control code of the request.</param>
/// <param name="request">The request's bytes, not validated.</param>
public delegate string? RequestDescriber(IoControlCode code, ReadOnlySpan<byte> request);
