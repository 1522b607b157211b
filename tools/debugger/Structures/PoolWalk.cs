using System.Runtime.InteropServices;
using KernelSim.Debugger.Targets;
using KernelSim.Nt.Mm;

namespace KernelSim.Debugger.Structures;

/// <summary>
/// Finds the blocks of pool by their headers, as pool itself tells a header from other bytes: by its state and its checksum. What a damaged header
/// stood for is skipped, 16 bytes at a time, up to the next good one.
/// </summary>
internal sealed class PoolWalk(IDebugTarget target, KernelMemory memory)
{
    private const int PieceBytes = 64 * 1024;
    private const int Step = PoolHeader.Bytes;

    /// <summary>The blocks of all ranges. A part that cannot be read is reported and skipped.</summary>
    public IEnumerable<PoolBlock> Blocks(Action<string> note) => memory.Pool.SelectMany(r => Blocks(r, note));

    /// <summary>The block that contains a simulated address; null if none does.</summary>
    public PoolBlock? BlockAt(ulong address, Action<string> note)
    {
        if (memory.RangeAt(address) is not { } range)
        {
            return null;
        }

        foreach (PoolBlock block in Blocks(range, note))
        {
            if (address < block.Address - PoolHeader.Bytes)
            {
                break;
            }

            if (address - (block.Address - PoolHeader.Bytes) < block.Room)
            {
                return block;
            }
        }

        return null;
    }

    private IEnumerable<PoolBlock> Blocks(MemoryRange range, Action<string> note)
    {
        byte[] piece = new byte[PieceBytes];
        ulong at = 0;
        while (at + Step <= range.Length)
        {
            int bytes = (int)Math.Min(PieceBytes, range.Length - at) & ~(Step - 1);
            if (!target.TryRead(range.Host + at, piece.AsSpan(0, bytes)))
            {
                note($"{bytes} bytes of pool at 0x{range.Address + at:x} cannot be read");
                at += (ulong)bytes;
                continue;
            }

            ulong start = at;
            while (at - start < (ulong)bytes)
            {
                ulong host = range.Host + at;
                PoolHeader header = MemoryMarshal.Read<PoolHeader>(piece.AsSpan((int)(at - start)));
                if (PoolHeader.IsGenuineAt(header, host) && RoomOf(header, range) is var room and > 0)
                {
                    yield return new PoolBlock(
                        range.AddressOf(host) + Step, host + Step, header.Tag, header.IsFreed ? 0 : header.UserBytes, room, header.IsFreed);
                    at += room;
                }
                else
                {
                    at += Step;
                }
            }
        }
    }

    /// <summary>What a block takes; 0 for a class that pool does not have.</summary>
    private static ulong RoomOf(in PoolHeader header, MemoryRange range) =>
        header.SizeClass == PoolHeader.LargeClass ? range.Length
        : header.SizeClass is > 0 and < PoolSizeClass.Count ? PoolSizeClass.BytesOf(header.SizeClass)
        : 0;
}
