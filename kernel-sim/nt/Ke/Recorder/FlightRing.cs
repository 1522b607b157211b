using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// The ring of one processor in native memory: a header, then the slots. Threads claim runs of slots with one interlocked add and fill them with
/// plain stores.
/// </summary>
internal sealed unsafe class FlightRing
{
    // What a debugger looks for: the address of the header, and the size of header and slots.
    private readonly nuint _address;
    private readonly int _bytes;

    /// <summary>Makes the ring of a processor.</summary>
    /// <param name="memory">Zero-filled memory of <see cref="BytesFor"/>.</param>
    /// <param name="processor">The number of the processor whose records it takes.</param>
    /// <param name="capacity">Number of slots: a power of two, and a multiple of what a thread claims at once.</param>
    public FlightRing(byte* memory, int processor, int capacity)
    {
        _address = ((nuint)memory + FlightRecord.ByteCount - 1) & ~(nuint)(FlightRecord.ByteCount - 1);
        _bytes = FlightRingHeader.ByteCount + (capacity * FlightRecord.ByteCount);
        Mask = capacity - 1;
        Header->RecordBytes = FlightRecord.ByteCount;
        Header->Capacity = capacity;
        Header->Processor = processor;
        Header->Version = FlightRingHeader.CurrentVersion;
        Header->Signature = FlightRingHeader.ExpectedSignature;
    }

    public FlightRingHeader* Header => (FlightRingHeader*)_address;

    public FlightRecord* Records => (FlightRecord*)(_address + FlightRingHeader.ByteCount);

    public int Mask { get; }

    /// <summary>Size of the memory that a ring needs, with room to align it.</summary>
    public static nuint BytesFor(int capacity) =>
        (nuint)(FlightRingHeader.ByteCount + (capacity * FlightRecord.ByteCount) + FlightRecord.ByteCount - 16);

    /// <summary>
    /// Copies header and records as they are in memory, while threads may write. Slots that hold no whole record are zero in the copy.
    /// </summary>
    public byte[] Copy()
    {
        byte[] copy = new byte[_bytes];
        long claimed = Volatile.Read(ref Header->Claimed);
        fixed (byte* start = copy)
        {
            FlightRecord* copies = (FlightRecord*)(start + FlightRingHeader.ByteCount);
            long oldest = Math.Max(claimed - Mask - 1, 0);
            for (long position = oldest; position < claimed; position++)
            {
                CopySlot(position, copies);
            }

            // A slot that has been claimed again since may have been overwritten while it was copied: its claim came before its first byte.
            Volatile.ReadBarrier();
            long overwritten = Math.Min(Volatile.Read(ref Header->Claimed) - Mask - 1, claimed);
            for (long position = oldest; position < overwritten; position++)
            {
                copies[position & Mask] = default;
            }

            *(FlightRingHeader*)start = *Header;
            ((FlightRingHeader*)start)->Claimed = claimed;
        }

        return copy;
    }

    private void CopySlot(long position, FlightRecord* copies)
    {
        FlightRecord* slot = Records + (position & Mask);
        ulong expected = (ulong)position + 1;
        if (Volatile.Read(ref slot->Sequence) == expected)
        {
            FlightRecord* copy = copies + (position & Mask);
            Unsafe.CopyBlock(copy, slot, FlightRecord.ByteCount);
            Volatile.ReadBarrier();
            if (Volatile.Read(ref slot->Sequence) != expected)
            {
                *copy = default;
            }
        }
    }
}
