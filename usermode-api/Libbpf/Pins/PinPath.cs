using System.Text;
using KernelSim.Protocol;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Brings a pin path into canonical form: <c>ebpf_canonicalize_pin_path</c>.</summary>
    /// <param name="output">The canonical path.</param>
    /// <param name="output_size">Maximum size in bytes, including the terminator.</param>
    /// <param name="input">The path to convert.</param>
    /// <returns>Success; INVALID_ARGUMENT for a path without canonical form; INSUFFICIENT_BUFFER.</returns>
    public static EbpfResult ebpf_canonicalize_pin_path(out string output, ulong output_size, string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!PinPath.TryCanonicalize(input, out output))
        {
            return EbpfResult.InvalidArgument;
        }

        if ((ulong)Encoding.UTF8.GetByteCount(output) < output_size)
        {
            return EbpfResult.Success;
        }

        output = "";
        return EbpfResult.InsufficientBuffer;
    }
}

/// <summary>
/// The canonical form of a pin path, <c>ebpf_canonicalize_path</c>: <c>BPF:</c>, then steps from the root, each preceded by a
/// backslash.
/// </summary>
internal static class PinPath
{
    /// <summary>Maximum size of a canonical path in bytes, including the terminator: <c>MAX_PATH</c>.</summary>
    public const int MaxBytes = 260;

    /// <summary>Reads a path from the process's memory and brings it into canonical form.</summary>
    /// <param name="call">The call in progress.</param>
    /// <param name="address">Start of the path.</param>
    /// <param name="site">The code that reads, for a fault.</param>
    /// <param name="canonical">In: a buffer. Out: the path without a terminator, on success.</param>
    public static bool TryRead(ApiCall call, ulong address, string site, ref Span<byte> canonical)
    {
        if (address == 0
            || !CString.TryRead(call, address, site, out ReadOnlySpan<byte> bytes)
            || !TryCanonicalize(Encoding.UTF8.GetString(bytes), out string path))
        {
            return false;
        }

        int length = Encoding.UTF8.GetBytes(path, canonical);
        canonical = canonical[..length];
        return true;
    }

    /// <summary>Brings a path into canonical form.</summary>
    /// <returns>False for a colon after the prefix, a step above the root, or a path that is too long.</returns>
    public static bool TryCanonicalize(string input, out string path) => CanonicalPinPath.TryCreate(input, MaxBytes, out path);
}
