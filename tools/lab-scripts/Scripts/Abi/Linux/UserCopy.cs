using System.Buffers.Binary;
using KernelSim.Protocol.Gate;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>The program's memory as a kernel reaches it, which faults nobody: <c>copy_from_user</c> and <c>copy_to_user</c>.</summary>
/// <param name="memory">The memory of the program's process.</param>
internal sealed class UserCopy(IUserMemory memory)
{
    private const string Site = "linux:copy_user";

    /// <summary>Copies bytes from the program; false for -EFAULT.</summary>
    public bool TryRead(ulong address, uint length, out byte[] bytes)
    {
        bytes = [];
        if (length == 0)
        {
            return true;
        }

        if (!memory.TryAccess(address, length, MemoryAccess.Read, Site, out Span<byte> from, out _))
        {
            return false;
        }

        bytes = from.ToArray();
        return true;
    }

    /// <summary>Copies bytes to the program; false for -EFAULT.</summary>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return true;
        }

        if (!memory.TryAccess(address, (uint)bytes.Length, MemoryAccess.Write, Site, out Span<byte> to, out _))
        {
            return false;
        }

        bytes.CopyTo(to);
        return true;
    }

    /// <summary>Copies a number of 32 bits from the program; false for -EFAULT.</summary>
    public bool TryRead(ulong address, out uint number)
    {
        bool read = TryRead(address, sizeof(uint), out byte[] bytes);
        number = read ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
        return read;
    }

    /// <summary>Copies a number of 32 bits to the program; false for -EFAULT.</summary>
    public bool TryWrite(ulong address, uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return TryWrite(address, bytes);
    }
}
