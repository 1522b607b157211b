using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode.Calls.Syscall;

/// <summary>
/// A structure of the process whose size its program says, upstream's <c>ExtensibleStruct</c>: longer than the one that is known if the rest
/// is zeros, or shorter, and then continued by zeros in a copy of the library's own.
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

    /// <summary>Where the whole structure lies.</summary>
    public ulong Address { get; }

    private bool IsCopy => Address != _given;

    /// <summary>Finds the whole structure, or makes a copy of it, which <see cref="Close"/> gives back.</summary>
    /// <param name="call">The call.</param>
    /// <param name="what">The argument's name.</param>
    /// <param name="address">Where the program's structure lies.</param>
    /// <param name="size">Bytes in it, as the program says.</param>
    /// <param name="known">Bytes in the structure that the library knows.</param>
    /// <param name="opened">The structure.</param>
    /// <returns>False when the program's is not what it should be.</returns>
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

    /// <summary>Hands what has become of a copy to the program, as far as its own structure goes, and gives the copy back.</summary>
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
