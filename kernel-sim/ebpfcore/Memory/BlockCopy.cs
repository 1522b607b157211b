using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KernelSim.EbpfCore.Memory;

/// <summary>
/// Copies between messages and the store. Common small sizes are special-cased; words of 8 bytes are copied as a whole,
/// so a reader never sees half of a counter that a program adds to.
/// </summary>
internal static unsafe class BlockCopy
{
    /// <summary>Copies bytes that do not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* destination, byte* source, nuint bytes)
    {
        if (bytes == 16)
        {
            Vector128.Store(Vector128.Load(source), destination);
        }
        else if (bytes == 8)
        {
            Unsafe.WriteUnaligned(destination, Unsafe.ReadUnaligned<ulong>(source));
        }
        else if (bytes == 4)
        {
            Unsafe.WriteUnaligned(destination, Unsafe.ReadUnaligned<uint>(source));
        }
        else if (bytes == 32)
        {
            Vector256.Store(Vector256.Load(source), destination);
        }
        else
        {
            Buffer.MemoryCopy(source, destination, bytes, bytes);
        }
    }

    /// <summary>Copies bytes to two places; nothing overlaps.</summary>
    public static void CopyTwice(byte* first, byte* second, byte* source, nuint bytes)
    {
        nuint width = (nuint)Vector256<byte>.Count;
        if (bytes < width || bytes > 8 * width)
        {
            Copy(first, source, bytes);
            Copy(second, source, bytes);
            return;
        }

        // The last vector ends with the last byte: it may overlap the one before it.
        for (nuint at = 0; ; at = Math.Min(at + width, bytes - width))
        {
            Vector256<byte> part = Vector256.Load(source + at);
            part.Store(first + at);
            part.Store(second + at);
            if (at == bytes - width)
            {
                return;
            }
        }
    }
}
