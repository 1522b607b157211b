using System.Runtime.InteropServices;

namespace KernelSim.HostBpf;

// The parts of Linux's `union bpf_attr` that the commands here use. The kernel takes the size along and zero-extends.

[StructLayout(LayoutKind.Sequential)]
internal struct MapCreateAttributes
{
    public uint MapType;
    public uint KeySize;
    public uint ValueSize;
    public uint MaxEntries;
    public uint MapFlags;
    public uint InnerMapFd;
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

[StructLayout(LayoutKind.Sequential)]
internal struct ProgramLoadAttributes
{
    public uint ProgramType;
    public uint InstructionCount;
    public ulong Instructions;
    public ulong License;
    public uint LogLevel;
    public uint LogSize;
    public ulong LogBuffer;
    public uint KernelVersion;
    public uint Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct TestRunAttributes
{
    public uint ProgramFd;
    public uint ReturnValue;
    public uint DataSizeIn;
    public uint DataSizeOut;
    public ulong DataIn;
    public ulong DataOut;
    public uint Repeat;
    public uint Duration;
    public uint ContextSizeIn;
    public uint ContextSizeOut;
    public ulong ContextIn;
    public ulong ContextOut;
}
