using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>A number to which every thread adds in a place of its own, and that is summed when it is read: exact while nobody adds to it.</summary>
internal sealed class ThreadCounter
{
    private readonly Cell[] _cells = new Cell[ThreadSlots.Count];

    public long Sum
    {
        get
        {
            long sum = 0;
            foreach (ref Cell cell in _cells.AsSpan())
            {
                sum += Volatile.Read(ref cell.Value);
            }

            return sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(KeThread current, long change)
    {
        int slot = current.Slot;
        ref long value = ref _cells[slot].Value;
        if (slot == ThreadSlots.Shared)
        {
            Interlocked.Add(ref value, change);
        }
        else
        {
            Volatile.Write(ref value, value + change);
        }
    }

    /// <summary>Padded, at its start too: the array's length, which everybody reads, lies before the first.</summary>
    [StructLayout(LayoutKind.Explicit, Size = CacheLinePad.Bytes)]
    private struct Cell
    {
        [FieldOffset(64)]
        public long Value;
    }
}
