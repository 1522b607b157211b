using System.Runtime.InteropServices;

namespace KernelSim.UserMode.Tests.Support;

/// <summary>A value of 12 bytes: in a per-CPU map it is followed by 4 bytes of padding.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct Twelve
{
    public ulong Bytes;
    public uint Packets;
}
