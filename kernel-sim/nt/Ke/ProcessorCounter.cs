using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>A number that every processor changes for itself, and that is summed when it is read: exact while nobody changes it.</summary>
internal sealed class ProcessorCounter(int processors)
{
    private readonly Cell[] _cells = new Cell[processors];

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

    public void Add(KeThread current, long change) => Interlocked.Add(ref _cells[current.HomeNumber].Value, change);

    /// <summary>Padded, at its start too: the array's length, which everybody reads, lies before the first.</summary>
    [StructLayout(LayoutKind.Explicit, Size = CacheLinePad.Bytes)]
    private struct Cell
    {
        [FieldOffset(64)]
        public long Value;
    }
}
