using KernelSim.Nt.Io;

namespace KernelSim.Nt.Images;

/// <summary>
/// A driver's file: the bytes that user mode can read, and the driver that is loaded from it. The bytes stand for the file on disk; a
/// driver that checks its own hash hashes them.
/// </summary>
/// <param name="Path">Path of the file, such as <c>droppacket.sys</c>. Paths are compared case-insensitively.</param>
/// <param name="Contents">The file's bytes.</param>
/// <param name="Load">Creates the driver for a service that starts it: each service gets a driver of its own.</param>
public sealed record DriverImage(string Path, ReadOnlyMemory<byte> Contents, Func<ServiceEntry, IDriver> Load);
