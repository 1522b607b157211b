using KernelSim.Nt.Io;

namespace KernelSim.Nt.Images;

/// <summary>
/// A driver's file: what user mode can read of it, and the driver that comes of loading it. The bytes stand for the file on disk; a
/// driver that checks its own hash hashes them.
/// </summary>
/// <param name="Path">Where the file lies, such as <c>droppacket.sys</c>. Paths are compared without regard to case.</param>
/// <param name="Contents">The file's bytes.</param>
/// <param name="Load">Makes the driver for a service that starts it: each service gets a driver of its own.</param>
public sealed record DriverImage(string Path, ReadOnlyMemory<byte> Contents, Func<ServiceEntry, IDriver> Load);
