using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>
/// A structure of the process with a size given by the program, upstream's <c>ExtensibleStruct</c>: it may be longer than the known one if the rest
/// is zero, or shorter, and is then padded with zeros in a copy of the library's own.
/// </summary>
internal readonly struct ExtensibleStruct
{
    private const string Site = "library:bpf.attr";

    private readonly ulong _given;
    private readonly uint _copied;

    private ExtensibleStruct(ulong address, ulong given, uint copied)
    {
        Address = address;
        _given = given;
        _copied = copied;
    }

    /// <summary>Address of the whole structure.</summary>
    public ulong Address { get; }

    private bool IsCopy => Address != _given;

    /// <summary>Finds the whole structure, or creates a copy of it, which <see cref="Close"/> frees.</summary>
    /// <param name="call">The call in progress.</param>
    /// <param name="what">The argument's name.</param>
    /// <param name="address">Address of the program's structure.</param>
    /// <param name="size">Its size in bytes, as the program gives it.</param>
    /// <param name="known">Size in bytes of the structure that the library knows.</param>
    /// <param name="opened">The whole structure.</param>
    /// <returns>False if the program's structure is invalid.</returns>
    public static bool TryOpen(ApiCall call, string what, ulong address, uint size, uint known, out ExtensibleStruct opened)
    {
        opened = new ExtensibleStruct(address, address, 0);
        if (!call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiBpfSize, what, address, size == 0 ? 0u : 1, size, "its size"))
        {
            return false;
        }

        if (size >= known)
        {
            ReadOnlySpan<byte> tail = size == known ? default : call.Memory.Access(address + known, size - known, MemoryAccess.Read, Site);
            int unknown = tail.IndexOfAnyExcept((byte)0);
            return unknown < 0 || call.Require(false, CheckTable.ApiBpfTail, $"byte {known + unknown} of {what}", tail[unknown], 0);
        }

        ulong copy = call.Memory.Allocate(known);
        Span<byte> whole = call.Memory.Access(copy, known, MemoryAccess.Write, Site);
        whole.Clear();
        if (size > 0)
        {
            call.Memory.Access(address, size, MemoryAccess.Read, Site).CopyTo(whole);
        }

        opened = new ExtensibleStruct(copy, address, size);
        return true;
    }

    /// <summary>Copies the results back to the program's structure, up to its size, and frees the copy.</summary>
    public void Close(ApiCall call)
    {
        if (!IsCopy)
        {
            return;
        }

        if (_copied > 0)
        {
            call.Memory.Access(Address, _copied, MemoryAccess.Read, Site).CopyTo(call.Memory.Access(_given, _copied, MemoryAccess.Write, Site));
        }

        call.Memory.Free(Address);
    }
}
