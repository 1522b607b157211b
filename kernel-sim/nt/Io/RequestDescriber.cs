namespace KernelSim.Nt.Io;

/// <summary>Names the operation that a control request asks for, for traces; null when the bytes do not say.</summary>
/// <param name="request">The request as it came; unchecked.</param>
public delegate string? RequestDescriber(ReadOnlySpan<byte> request);
