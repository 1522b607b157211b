using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>The helpers for zero-terminated strings. Results are NTSTATUS values, as upstream's safe string functions return them.</summary>
internal static unsafe class StringHelpers
{
    /// <summary>STATUS_BUFFER_OVERFLOW: the result was truncated and terminated.</summary>
    public const int BufferOverflow = unchecked((int)0x80000005);

    /// <summary>STATUS_INVALID_PARAMETER.</summary>
    public const int InvalidParameter = unchecked((int)0xC000000D);

    private const ulong MaxBytes = int.MaxValue; // NTSTRSAFE_MAX_CCH

    /// <summary><c>bpf_strncpy_s</c>.</summary>
    public static ulong StrncpyS(in HelperCall call, ulong destination, ulong destinationSize, ulong source, ulong count, ulong r5) =>
        (ulong)(long)Copy((byte*)destination, destinationSize, (byte*)source, count);

    /// <summary><c>bpf_strncat_s</c>.</summary>
    public static ulong StrncatS(in HelperCall call, ulong destination, ulong destinationSize, ulong source, ulong count, ulong r5) =>
        (ulong)(long)Concatenate((byte*)destination, destinationSize, (byte*)source, count);

    /// <summary><c>bpf_strnlen_s</c>.</summary>
    public static ulong StrnlenS(in HelperCall call, ulong text, ulong size, ulong r3, ulong r4, ulong r5) => Length((byte*)text, size);

    /// <summary>
    /// <c>_ebpf_core_strncpy_s</c>: copies up to <paramref name="count"/> bytes, terminates them, and fills the rest of the destination with
    /// zeros.
    /// </summary>
    public static int Copy(byte* destination, ulong destinationSize, byte* source, ulong count)
    {
        if (destinationSize > MaxBytes || count > MaxBytes)
        {
            return InvalidParameter;
        }

        if (destinationSize == 0)
        {
            return count == 0 || *source == 0 ? 0 : destination == null ? InvalidParameter : BufferOverflow;
        }

        return Append(destination, destinationSize, 0, source, count);
    }

    /// <summary>
    /// <c>_ebpf_core_strncat_s</c>: appends to the string in the destination, which must hold one; otherwise like <see cref="Copy"/>.
    /// </summary>
    public static int Concatenate(byte* destination, ulong destinationSize, byte* source, ulong count)
    {
        if (destinationSize > MaxBytes || count > MaxBytes)
        {
            return InvalidParameter;
        }

        ulong length = Length(destination, destinationSize);
        return destination == null || length == destinationSize
            ? InvalidParameter
            : Append(destination, destinationSize, length, source, count);
    }

    /// <summary><c>_ebpf_core_strlen_s</c>: bytes before the terminator; the size if there is none; 0 for a null pointer.</summary>
    public static ulong Length(byte* text, ulong size)
    {
        if (text == null)
        {
            return 0;
        }

        if (size > MaxBytes)
        {
            return size;
        }

        ulong length = 0;
        while (length < size && text[length] != 0)
        {
            length++;
        }

        return length;
    }

    private static int Append(byte* destination, ulong size, ulong at, byte* source, ulong count)
    {
        for (ulong i = 0; i < count && source[i] != 0; i++, at++)
        {
            if (at + 1 >= size)
            {
                destination[size - 1] = 0;
                return BufferOverflow;
            }

            destination[at] = source[i];
        }

        NativeMemory.Clear(destination + at, (nuint)(size - at));
        return 0;
    }
}
