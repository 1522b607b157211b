using KernelSim.EbpfCore.Extensions;

namespace KernelSim.Samples.SampleExt;

/// <summary>The helpers of the sample type. The verifier has proved their pointers; they are not checked here.</summary>
internal static unsafe class SampleHelpers
{
    private const ulong PidTgid = 9999; // SAMPLE_PID_TGID_VALUE
    private const ulong Failed = ulong.MaxValue; // -1

    /// <summary><c>sample_ebpf_extension_helper_function1</c>: takes the context and returns 0.</summary>
    public static ulong Function1(in HelperCall call, ulong context, ulong r2, ulong r3, ulong r4, ulong r5) => 0;

    /// <summary><c>sample_ebpf_extension_find</c>: offset of a pattern in a buffer; -1 if it is not found.</summary>
    /// <remarks>Upstream compares zero-terminated strings, whatever the sizes.</remarks>
    public static ulong Find(in HelperCall call, ulong buffer, ulong size, ulong find, ulong findSize, ulong r5) =>
        (ulong)(long)Text(buffer, size).IndexOf(Text(find, findSize));

    /// <summary>
    /// <c>sample_ebpf_extension_replace</c>: overwrites a buffer with a string, except for its last byte, starting at an offset. Returns 0
    /// or -1.
    /// </summary>
    public static ulong Replace(in HelperCall call, ulong buffer, ulong size, ulong position, ulong replace, ulong replaceSize)
    {
        if (position >= (uint)size)
        {
            return Failed;
        }

        Span<byte> room = new((byte*)buffer + position, (int)((uint)size - 1 - position));
        ReadOnlySpan<byte> text = Text(replace, replaceSize);
        text[..Math.Min(text.Length, room.Length)].CopyTo(room);
        return 0;
    }

    /// <summary><c>sample_ebpf_extension_helper_implicit_1</c>: no argument, only the implicit context.</summary>
    public static ulong Implicit1(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        ((SampleProgramContext*)call.Context)->HelperData1;

    /// <summary><c>sample_ebpf_extension_helper_implicit_2</c>: one argument, and the implicit context.</summary>
    public static ulong Implicit2(in HelperCall call, ulong argument, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)((SampleProgramContext*)call.Context)->HelperData2 + (uint)argument;

    /// <summary><c>bpf_get_current_pid_tgid</c>, replacing the driver's own: always the same value.</summary>
    public static ulong GetCurrentPidTgid(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) => PidTgid;

    /// <summary><c>bpf_redirect_map</c>, which the driver does not implement: always 1.</summary>
    public static ulong RedirectMap(in HelperCall call, ulong map, ulong key, ulong flags, ulong r4, ulong r5) => 1;

    private static ReadOnlySpan<byte> Text(ulong address, ulong size)
    {
        ReadOnlySpan<byte> bytes = new((byte*)address, (int)(uint)size);
        int end = bytes.IndexOf((byte)0);
        return end < 0 ? bytes : bytes[..end];
    }
}
