using System.Runtime.InteropServices;

namespace KernelSim.HostBpf;

// The parts of Linux's `union bpf_attr` that map commands use. The kernel takes the size along and zero-extends.

[StructLayout(LayoutKind.Sequential)]
internal struct MapCreateAttributes
{
    public uint MapType;
    public uint KeySize;
    public uint ValueSize;
    public uint MaxEntries;
    public uint MapFlags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct MapElementAttributes
{
    public uint MapFd;
    private readonly uint _padding;
    public ulong Key;
    public ulong ValueOrNextKey;
    public ulong Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct MapBatchAttributes
{
    public ulong InBatch;
    public ulong OutBatch;
    public ulong Keys;
    public ulong Values;
    public uint Count;
    public uint MapFd;
    public ulong ElementFlags;
    public ulong Flags;
}
