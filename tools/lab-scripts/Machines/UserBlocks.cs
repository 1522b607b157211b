using KernelSim.Protocol.Gate;

namespace KernelSim.LabScripts.Machines;

/// <summary>
/// Heap blocks that a simulated program allocates for one call, in order, and frees after it. Disposing
/// frees nothing once the process has ended: its memory is gone.
/// </summary>
/// <param name="gate">The program's gate.</param>
internal sealed class UserBlocks(ISystemGate gate) : IDisposable
{
    /// <summary>
    /// The largest block that a program gets; a larger malloc fails, as when memory runs out. Keeps a wrong number in a
    /// script from exhausting the host's memory, and keeps contents short enough for one line of JSON.
    /// </summary>
    public const uint LargestBlock = 64 << 20;

    private const string Site = "program";

    private readonly Stack<ulong> _blocks = new();

    /// <summary>malloc; the block contains stale data of the heap.</summary>
    public ulong Allocate(uint length)
    {
        ulong address = gate.Memory.Allocate(length);
        _blocks.Push(address);
        return address;
    }

    /// <summary>calloc.</summary>
    public ulong AllocateZeroed(uint length)
    {
        ulong address = Allocate(length);
        Bytes(address, length, MemoryAccess.Write).Clear();
        return address;
    }

    /// <summary>malloc, and a copy of the program's data; NULL for null.</summary>
    public ulong Copy(byte[]? data)
    {
        if (data is null)
        {
            return 0;
        }

        ulong address = Allocate((uint)data.Length);
        data.CopyTo(Bytes(address, (uint)data.Length, MemoryAccess.Write));
        return address;
    }

    /// <summary>Reads bytes of the program's memory.</summary>
    public byte[] Read(ulong address, uint length) => Bytes(address, length, MemoryAccess.Read).ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        while (!gate.HasExited && _blocks.TryPop(out ulong address))
        {
            gate.Memory.Free(address);
        }
    }

    private Span<byte> Bytes(ulong address, uint length, MemoryAccess access) =>
        length == 0 ? [] : gate.Memory.Access(address, length, access, Site);
}
