using KernelSim.Protocol;

namespace KernelSim.Nt.Io;

/// <summary>Names the operation that a control request asks for, for traces; null when neither code nor bytes say.</summary>
/// <param name="code">The control code.</param>
/// <param name="request">The request as it came; unchecked.</param>
public delegate string? RequestDescriber(IoControlCode code, ReadOnlySpan<byte> request);
