using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Gate;

/// <summary>How a request ended, <c>IO_STATUS_BLOCK</c>: 16 bytes that the I/O manager writes into the caller's memory.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct IoStatusBlock
{
    /// <summary>The final status, at offset 0.</summary>
    public uint Status;

    /// <summary>Unused, at offset 4.</summary>
    public uint Reserved;

    /// <summary>Usually the number of bytes in the reply, at offset 8.</summary>
    public ulong Information;
}
