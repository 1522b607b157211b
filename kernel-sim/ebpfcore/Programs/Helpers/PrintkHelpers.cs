using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>
/// <c>_ebpf_core_trace_printk</c>: writes a line of text to the trace. Only %d, %i, %u and %x, with l (32 bits, as on Windows) or ll (64), and %%.
/// </summary>
internal static unsafe class PrintkHelpers
{
    /// <summary>Maximum size of a format in bytes, including the terminator.</summary>
    public const ulong MaxFormatBytes = 511;

    /// <summary>Size of the line buffer in bytes, including the terminator: <c>MAX_PRINTK_STRING_SIZE</c> of the platform.</summary>
    public const int MaxLineBytes = 554;

    private const int Refused = -1;

    /// <summary><c>bpf_trace_printk2</c>: a format without arguments.</summary>
    public static ulong TracePrintk2(in HelperCall call, ulong format, ulong size, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)Print(call, (byte*)format, size, []);

    /// <summary><c>bpf_trace_printk3</c>: with one argument.</summary>
    public static ulong TracePrintk3(in HelperCall call, ulong format, ulong size, ulong arg3, ulong r4, ulong r5) =>
        (ulong)(long)Print(call, (byte*)format, size, [arg3]);

    /// <summary><c>bpf_trace_printk4</c>: with two.</summary>
    public static ulong TracePrintk4(in HelperCall call, ulong format, ulong size, ulong arg3, ulong arg4, ulong r5) =>
        (ulong)(long)Print(call, (byte*)format, size, [arg3, arg4]);

    /// <summary><c>bpf_trace_printk5</c>: with three.</summary>
    public static ulong TracePrintk5(in HelperCall call, ulong format, ulong size, ulong arg3, ulong arg4, ulong arg5) =>
        (ulong)(long)Print(call, (byte*)format, size, [arg3, arg4, arg5]);

    /// <summary>Formats a line and writes it to the trace.</summary>
    /// <param name="call">The calling program.</param>
    /// <param name="format">Address of the format, UTF-8.</param>
    /// <param name="formatSize">Size of the format in bytes, including a terminator at its end.</param>
    /// <param name="arguments">As many as the format has specifiers.</param>
    /// <returns>Length of the line in bytes; 0 if no session is listening; -1 for a format that is not allowed, or a line that is too long.</returns>
    public static int Print(in HelperCall call, byte* format, ulong formatSize, ReadOnlySpan<ulong> arguments)
    {
        if (formatSize is < 2 or > MaxFormatBytes)
        {
            return Refused;
        }

        if (!KernelEventSource.Log.IsEnabled(EventLevel.Informational, KernelEventSource.Keywords.Printk))
        {
            return 0;
        }

        ReadOnlySpan<byte> text = Trim(new ReadOnlySpan<byte>(format, (int)formatSize));
        if (CountSpecifiers(text) != arguments.Length)
        {
            return Refused;
        }

        Span<byte> line = stackalloc byte[MaxLineBytes];
        int length = Write(text, arguments, line[..^1]);
        if (length >= 0)
        {
            InstructionPlace place = call.Place;
            KernelEventSource.Log.Printk(
                call.Thread.RequestId, call.Thread.ProcessorNumber, call.Program?.Id ?? 0, Encoding.UTF8.GetString(line[..length]),
                place.Instruction, place.Line);
        }

        return length;
    }

    /// <summary>
    /// The format up to its terminator, without one newline before it. The last byte counts as the terminator, whatever it is, unless the
    /// newline is before it.
    /// </summary>
    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> format)
    {
        ReadOnlySpan<byte> text = format[^2] == (byte)'\n' ? format[..^2] : format[..^1];
        int zero = text.IndexOf((byte)0);
        return zero < 0 ? text : text[..zero];
    }

    /// <summary>Number of specifiers; -1 if one is not allowed.</summary>
    private static int CountSpecifiers(ReadOnlySpan<byte> text)
    {
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != (byte)'%')
            {
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == (byte)'%')
            {
                i++;
                continue;
            }

            int length = SpecifierLength(text[(i + 1)..]);
            if (length == 0)
            {
                return Refused;
            }

            i += length;
            count++;
        }

        return count;
    }

    /// <summary>Length of a specifier after its %; 0 for one that is not allowed.</summary>
    private static int SpecifierLength(ReadOnlySpan<byte> text)
    {
        int modifiers = text.StartsWith("ll"u8) ? 2 : text.StartsWith("l"u8) ? 1 : 0;
        return modifiers < text.Length && "diux"u8.Contains(text[modifiers]) ? modifiers + 1 : 0;
    }

    /// <summary>Formats the text and returns its length in bytes; -1 if it does not fit.</summary>
    private static int Write(ReadOnlySpan<byte> text, ReadOnlySpan<ulong> arguments, Span<byte> line)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != (byte)'%' || text[i + 1] == (byte)'%')
            {
                i += text[i] == (byte)'%' ? 1 : 0;
                if (length == line.Length)
                {
                    return Refused;
                }

                line[length++] = text[i];
                continue;
            }

            int specifier = SpecifierLength(text[(i + 1)..]);
            if (!Format(text.Slice(i + 1, specifier), arguments[0], line[length..], out int written))
            {
                return Refused;
            }

            arguments = arguments[1..];
            length += written;
            i += specifier;
        }

        return length;
    }

    private static bool Format(ReadOnlySpan<byte> specifier, ulong value, Span<byte> line, out int written)
    {
        bool isLong = specifier.Length == 3;
        return specifier[^1] switch
        {
            (byte)'u' => (isLong ? value : (uint)value).TryFormat(line, out written, default, CultureInfo.InvariantCulture),
            (byte)'x' => (isLong ? value : (uint)value).TryFormat(line, out written, "x", CultureInfo.InvariantCulture),
            _ => (isLong ? (long)value : (int)value).TryFormat(line, out written, default, CultureInfo.InvariantCulture),
        };
    }
}
