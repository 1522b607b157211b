using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>The helpers that move and compare memory. Errors are errnos, as the C runtime's functions return them.</summary>
internal static unsafe class MemoryHelpers
{
    /// <summary>The C runtime's EINVAL.</summary>
    public const int Einval = 22;

    /// <summary><c>bpf_memcpy</c>, <c>bpf_memmove</c>.</summary>
    public static ulong Memcpy(in HelperCall call, ulong destination, ulong destinationSize, ulong source, ulong sourceSize, ulong r5) =>
        (ulong)(long)Copy((byte*)destination, destinationSize, (byte*)source, sourceSize);

    /// <summary><c>bpf_memcmp</c>.</summary>
    public static ulong Memcmp(in HelperCall call, ulong first, ulong firstSize, ulong second, ulong secondSize, ulong r5) =>
        (ulong)(long)Compare((byte*)first, firstSize, (byte*)second, secondSize);

    /// <summary><c>bpf_memset</c>.</summary>
    public static ulong Memset(in HelperCall call, ulong buffer, ulong length, ulong value, ulong r4, ulong r5) =>
        (ulong)Fill((byte*)buffer, length, (int)value);

    /// <summary><c>bpf_csum_diff</c>.</summary>
    public static ulong CsumDiff(in HelperCall call, ulong from, ulong fromSize, ulong to, ulong toSize, ulong seed) =>
        (ulong)(long)ChecksumDifference((byte*)from, (int)fromSize, (byte*)to, (int)toSize, (int)seed);

    /// <summary>
    /// <c>_ebpf_core_memcpy_s</c> and <c>_ebpf_core_memmove_s</c>, which are the same here: 0; -EINVAL for a source larger than the destination,
    /// which stays unchanged; EINVAL for a null pointer with something to copy.
    /// </summary>
    public static int Copy(byte* destination, ulong destinationSize, byte* source, ulong sourceSize)
    {
        if (sourceSize > destinationSize)
        {
            return -Einval;
        }

        if (sourceSize == 0)
        {
            return 0;
        }

        if (destination == null || source == null)
        {
            return Einval;
        }

        NativeMemory.Copy(source, destination, (nuint)sourceSize);
        return 0;
    }

    /// <summary><c>_ebpf_core_memcmp_s</c>: -1, 0 or 1; if one buffer is a prefix of the other, it is less.</summary>
    public static int Compare(byte* first, ulong firstSize, byte* second, ulong secondSize)
    {
        ulong common = Math.Min(firstSize, secondSize);
        for (ulong i = 0; i < common; i++)
        {
            if (first[i] != second[i])
            {
                return first[i] < second[i] ? -1 : 1;
            }
        }

        return firstSize.CompareTo(secondSize);
    }

    /// <summary><c>_ebpf_core_memset</c>: returns the buffer.</summary>
    public static byte* Fill(byte* buffer, ulong length, int value)
    {
        NativeMemory.Fill(buffer, (nuint)length, (byte)value);
        return buffer;
    }

    /// <summary>
    /// <c>ebpf_core_csum_diff</c>: the seed, plus the 16-bit words of one buffer, plus the complements of another's. -EINVAL if a size is not a
    /// multiple of 4, or if the sum does not fit a positive number.
    /// </summary>
    public static int ChecksumDifference(byte* from, int fromSize, byte* to, int toSize, int seed)
    {
        if (fromSize % 4 != 0 || toSize % 4 != 0)
        {
            return -Einval;
        }

        int sum = seed;
        for (int i = 0; to != null && i < toSize / 2; i++)
        {
            sum = unchecked(sum + ((ushort*)to)[i]);
        }

        for (int i = 0; from != null && i < fromSize / 2; i++)
        {
            sum = unchecked(sum + (ushort)~((ushort*)from)[i]);
        }

        return sum < 0 ? -Einval : sum;
    }
}
