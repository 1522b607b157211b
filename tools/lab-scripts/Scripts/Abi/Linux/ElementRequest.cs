using System.Buffers.Binary;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>The calls on single elements.</summary>
internal enum ElementOperation
{
    Lookup,
    LookupAndDelete,
    Update,
    Delete,
    NextKey,
}

/// <summary>A call on one element, by user mode or by a program, with what it read from the caller's memory.</summary>
/// <param name="Calls">The personality.</param>
/// <param name="Fd">Descriptor of the map.</param>
/// <param name="Map">The map.</param>
/// <param name="Operation">Which call it is.</param>
/// <param name="Key">The key; empty for a map without keys.</param>
/// <param name="Value">The value of an update; otherwise empty.</param>
/// <param name="Flags">Flags of an update.</param>
internal readonly record struct ElementRequest(
    LinuxCalls Calls, int Fd, LinuxMap Map, ElementOperation Operation, byte[] Key, byte[] Value, ulong Flags)
{
    /// <summary><c>BPF_NOEXIST</c>.</summary>
    public const ulong NoExist = 1;

    /// <summary><c>BPF_EXIST</c>, the highest that most maps take.</summary>
    public const ulong Exist = 2;

    /// <summary>The index that the key of an array is.</summary>
    public uint Index => BinaryPrimitives.ReadUInt32LittleEndian(Key);

    /// <summary>The prefix length that the key of a trie starts with.</summary>
    public uint PrefixLength => BinaryPrimitives.ReadUInt32LittleEndian(Key);
}
